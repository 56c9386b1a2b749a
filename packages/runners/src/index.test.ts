import type { ParameterSchema } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { HOST_RUNNERS } from './host/load-runner.ts'
import { makeRequest } from '../test/requests.ts'
import { MANIFESTS, RUNNERS } from './index.ts'

const SHELL =
  'cwd:string env:object kwarg_op:string="--" sudo:boolean=false sudo_password:string=null,secret timeout:integer=60'
const REMOTE =
  'bastion_host:string cwd:string="/tmp" env:object hosts:string,req kwarg_op:string="--" parallel:boolean=false,imm ' +
  'passphrase:string,secret password:string,secret port:integer private_key:string,secret sudo:boolean=false ' +
  'sudo_password:string=null,secret timeout:integer=60 username:string'
const WINRM =
  'cwd:string env:object host:string,req kwarg_op:string="-" password:string,req,secret port:integer=5986 ' +
  'scheme:string="https" timeout:integer=60 transport:string="ntlm" username:string,req verify_ssl_cert:boolean=true'
const ORQUESTA = 'notify:array=[]'

/** @source packs-and-runners.md 4.1 to 4.10 */
const PARAMETERS: Record<string, string> = {
  'action-chain': 'display_published:boolean=true skip_notify:array=[]',
  announcement: 'experimental:boolean=false,req route:string="general"',
  'http-request':
    'allow_redirects:boolean=false cookies:object headers:object http_proxy:string https_proxy:string password:string,secret ' +
    'url:string,req url_hosts_blacklist:array url_hosts_whitelist:array username:string verify_ssl_cert:boolean=true',
  inquirer:
    'roles:array=[] route:string="" schema:object={"title":"response_data","type":"object","properties":{"continue":' +
    '{"type":"boolean","description":"Would you like to continue the workflow?","required":true}}},req ttl:integer=1440,req users:array=[]',
  'local-shell-cmd': `cmd:string ${SHELL}`,
  'local-shell-script': `content_version:string debug:boolean=false ${SHELL}`,
  noop: '',
  orchestra: ORQUESTA,
  orquesta: ORQUESTA,
  'python-script': 'content_version:string debug:boolean=false env:object log_level:string="DEBUG" timeout:integer=600',
  'remote-shell-cmd': `cmd:string dir:string="/tmp",imm ${REMOTE}`,
  'remote-shell-script': `dir:string="/tmp" ${REMOTE}`,
  'winrm-cmd': `cmd:string ${WINRM}`,
  'winrm-ps-cmd': `cmd:string ${WINRM}`,
  'winrm-ps-script': WINRM,
}

function notation(parameters: Readonly<Record<string, ParameterSchema>>): string[] {
  return Object.entries(parameters)
    .map(([name, schema]) => {
      const value = 'default' in schema ? `=${JSON.stringify(schema.default)}` : ''
      const marks = [schema.required && 'req', schema.immutable && 'imm', schema.secret && 'secret'].filter(Boolean)
      return `${name}:${String(schema.type)}${value}${marks.map((mark) => `,${mark}`).join('')}`
    })
    .sort()
}

describe('MANIFESTS', () => {
  it('hold every runner name of upstream, once', () => {
    expect(MANIFESTS.map(({ name }) => name)).toEqual(Object.keys(PARAMETERS).sort())
  })

  it.each(MANIFESTS.map((manifest) => [manifest.name, manifest] as const))(
    '%s has exactly the parameters of upstream',
    (name, { runner_parameters }) => {
      const wanted = PARAMETERS[name]?.match(/[a-z_]+:(?:"[^"]*"|[^" ])+/g) ?? []
      expect(notation(runner_parameters)).toEqual([...wanted].sort())
    },
  )

  it.each([
    ['python-script', 'result', ['result', 'stderr', 'stdout', 'exit_code']],
    ['http-request', 'body', ['status_code', 'body', 'parsed', 'headers']],
    ['action-chain', 'published', ['published', 'tasks']],
    ['orquesta', 'output', ['errors', 'output']],
    ['noop', undefined, undefined],
    ['local-shell-cmd', undefined, undefined],
  ])('%s answers under the key %s', (name, key, properties) => {
    const manifest = MANIFESTS.find((one) => one.name === name)
    expect(manifest?.output_key).toBe(key)
    const described: unknown = manifest?.output_schema['properties']
    expect(described && Object.keys(described)).toEqual(properties)
  })

  it('are enabled when there is code, here or in the engine, and only then', () => {
    const conducted = ['action-chain', 'orchestra', 'orquesta']
    const enabled = MANIFESTS.filter((manifest) => manifest.enabled).map(({ name }) => name)
    expect(enabled).toEqual([...RUNNERS.map(({ manifest }) => manifest.name), ...conducted].sort())
  })

  it('describe every parameter', () => {
    for (const { runner_parameters } of MANIFESTS) {
      for (const schema of Object.values(runner_parameters)) expect(schema.description).toMatch(/.{10}/)
    }
  })
})

describe('RUNNERS', () => {
  it('of place host are those that the host can load', () => {
    const onHost = RUNNERS.filter(({ place }) => place === 'host').map(({ manifest }) => manifest.name)
    expect(onHost.sort()).toEqual([...HOST_RUNNERS].sort())
  })
})

describe('noop', () => {
  it('succeeds with the result of upstream', async () => {
    const noop = RUNNERS.find(({ manifest }) => manifest.name === 'noop')
    expect(await noop?.run(makeRequest('noop'), { output: () => undefined }, new AbortController().signal)).toEqual({
      status: 'succeeded',
      result: { failed: false, succeeded: true, return_code: 0 },
    })
  })
})

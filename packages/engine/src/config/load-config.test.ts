import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultConfigFile } from './environment.ts'
import { loadConfig } from './load-config.ts'
import type { Option } from './option.ts'
import { readOptionValue } from './option-value.ts'
import { OPTIONS } from './options.ts'

const folder = mkdtempSync(join(tmpdir(), 'st2-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function file(text: string): string {
  files += 1
  const path = join(folder, `${files}.conf`)
  writeFileSync(path, text)
  return path
}

const load = (text: string, env: Record<string, string> = {}, overrides: Record<string, string> = {}) =>
  loadConfig({ files: [file(text)], env, overrides })

describe('precedence', () => {
  it('takes the default of an option that is written nowhere', () => {
    const { config, isSet } = loadConfig({ files: [], env: {} })
    expect(config.api.max_page_size).toBe(100)
    expect(config.garbagecollector.tokens_ttl).toBeNull()
    expect(isSet('api', 'max_page_size')).toBe(false)
  })

  it('takes the last file, then the environment, then the command line', () => {
    const first = file('[api]\nport = 1\nhost = a\n[auth]\nport = 11\n')
    const second = file('[api]\nport = 2\n')
    expect(loadConfig({ files: [first, second], env: {} }).config.api).toMatchObject({ port: 2, host: 'a' })
    const env = { ST2_API__PORT: '3', ST2_AUTH__PORT: '12' }
    expect(loadConfig({ files: [first, second], env }).config.api.port).toBe(3)
    const all = loadConfig({ files: [first, second], env, overrides: { 'api.port': '4' } })
    expect([all.config.api.port, all.config.auth.port]).toEqual([4, 12])
    expect(all.isSet('api', 'port')).toBe(true)
  })
})

describe('values', () => {
  it('reads lists, maps, booleans and floats', () => {
    const { config } = load(
      '[api]\nallow_origin = http://a, http://b\n[sensorcontainer]\npartition_provider = name:hash, n:2\n' +
        '[auth]\nenable = No\n[scheduler]\nsleep_interval = .5\n[log]\nexcludes =\n',
    )
    expect(config.api.allow_origin).toEqual(['http://a', 'http://b'])
    expect(config.sensorcontainer.partition_provider).toEqual({ name: 'hash', n: '2' })
    expect(config.auth.enable).toBe(false)
    expect(config.scheduler.sleep_interval).toBe(0.5)
    expect(config.log.excludes).toEqual([])
  })

  it('substitutes other options, their defaults included', () => {
    const { config } = load('[api]\nlogging = ${system.base_path}/log.${port}.conf\n[system]\nbase_path = /srv\n')
    expect(config.api.logging).toBe('/srv/log.9101.conf')
  })

  it('reads options under their older names, and prefers the present one', () => {
    const { config, warnings } = load('[timer]\nenable = false\nlogging = x\n[timersengine]\nlogging = y\n')
    expect(config.timersengine).toMatchObject({ enable: false, logging: 'y' })
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toMatch(/:2: \[timer\] enable is deprecated, use \[timersengine\] enable$/)
  })

  it('has a meaning for every option, and a default that reads as itself', () => {
    for (const [group, options] of Object.entries(OPTIONS)) {
      for (const [name, option] of Object.entries<Option<unknown>>(options)) {
        expect(option.meaning, `[${group}] ${name}`).not.toBe('')
        if (option.default === null) continue
        const read = readOptionValue(option, asWritten(option.default))
        expect(read, `[${group}] ${name}`).toEqual({ ok: true, value: option.default })
      }
    }
  })
})

describe('refusals', () => {
  it.each([
    ['[api]\nport = abc', /:2: \[api\] port: "abc" is not an integer$/],
    ['[api]\nport =', /:2: \[api\] port: "" is not an integer$/],
    ['[api]\nport = 70000', /\[api\] port: 70000 is more than 65535, the most it may be$/],
    ['[auth]\nenable = maybe', /\[auth\] enable: "maybe" is not a boolean/],
    ['[auth]\nmode = open', /\[auth\] mode: "open" is none of standalone, proxy$/],
    ['[scheduler]\nsleep_interval = 1s', /sleep_interval: "1s" is not a number$/],
    ['[auth]\nbackend = ldap', /\[auth\] backend = "ldap": this backend is not supported; use flat_file$/],
    ['[rbac]\nenable = True', /\[rbac\] enable = "True": RBAC is not supported yet$/],
    ['[api]\nlogging = $nope', /:2: \[api\] logging: "\$nope" names no option/],
  ])('refuses %j in one line', (text, message) => {
    expect(() => load(text)).toThrow(message)
    expect(messageOf(() => load(text))).not.toMatch(/\n|geheim/)
  })

  it('names the variable, or the command line, that a wrong value came from', () => {
    expect(() => load('', { ST2_API__PORT: 'x' })).toThrow(
      'environment ST2_API__PORT: [api] port: "x" is not an integer',
    )
    expect(() => load('', {}, { 'server.port': 'x' })).toThrow('command line: [server] port: "x" is not an integer')
  })

  it('names a file that cannot be read', () => {
    const missing = join(folder, 'missing.conf')
    expect(() => loadConfig({ files: [missing], env: {} })).toThrow(
      `${missing}: cannot be read: ENOENT: no such file or directory`,
    )
    expect(() => loadConfig({ files: [folder], env: {} })).toThrow(`${folder}: cannot be read: EISDIR`)
  })

  it('accepts an empty coordination url as not set', () => {
    expect(load('[coordination]\nurl =\n').config.coordination.url).toBe('')
  })
})

describe('warnings', () => {
  it('names an unknown section, option and variable, and goes on', () => {
    const { warnings } = load('[apis]\nport = 1\n[api]\nprot = 2\n[__proto__]\nx = 1\n', { ST2_API__PROT: '1' })
    expect(warnings.map((line) => line.replace(/^.*\.conf/, 'f'))).toEqual([
      'f:1: unknown section [apis] is ignored',
      'f:5: unknown section [__proto__] is ignored',
      'f:4: unknown option [api] prot is ignored',
      'environment ST2_API__PROT: unknown option [api] prot is ignored',
    ])
  })

  it('is silent about groups that upstream registers and nobody reads', () => {
    expect(load('[results_tracker]\nquery_interval = 5\n').warnings).toEqual([])
  })
})

function messageOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}

function asWritten(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value)
  return Object.entries(value)
    .map(([key, item]) => `${key}:${item}`)
    .join(',')
}

it('names ST2_CONFIG_PATH as the file to read, else the usual place, which need not be there', () => {
  expect(defaultConfigFile({ ST2_CONFIG_PATH: 'c' })).toEqual({ path: 'c', named: true })
  expect(defaultConfigFile({ ST2_CONFIG_PATH: '' })).toEqual({ path: '/etc/st2/st2.conf', named: false })
})

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadConfig } from '@st2/engine'
import { freePort } from '@st2/test-servers'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chosenBackends } from '../../src/backends.ts'
import { SERVICES } from '../../src/services.ts'
import { api } from '../support/api.ts'
import { ADMIN_PASSWORD, startServer } from '../support/server.ts'

/** The server that this file starts is the installed one: which it is, is read when the modules are loaded. */
const folder = vi.hoisted(() => {
  const { mkdtempSync } = process.getBuiltinModule('node:fs')
  const path = mkdtempSync(`${process.getBuiltinModule('node:os').tmpdir()}/st2-test-deploy-`)
  process.env['ST2_SERVER_MAIN'] = `${path}/staged/opt/st2/apps/server/dist/main.mjs`
  return path
})

const REPOSITORY = join(import.meta.dirname, '../../../..')
const DEPLOY = join(REPOSITORY, 'deploy')
const REFERENCE = join(DEPLOY, 'reference')
const MONGODB_URI = 'mongodb://st2:pa$word@db.example/?replicaSet=st2'
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH, ...env },
  })
  if (error !== undefined) throw error
  return { status, stdout, stderr }
}

/** What a command that must succeed says. */
function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = run(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/** Files and links below the folder, with what would show a change. */
function listing(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      if (entry.isSymbolicLink()) return [path.slice(folder.length), 'link']
      const { mode, size, mtimeMs } = statSync(path)
      return [path.slice(folder.length), `${(mode & 0o777).toString(8)} ${size} ${mtimeMs}`]
    }),
  )
}

describe('the deployment on one machine', () => {
  const root = join(folder, 'staged')
  const tree = join(folder, 'tree')
  let installed: Ended

  const install = (...args: string[]) =>
    run(join(REFERENCE, 'install.sh'), ['--prefix', root, ...args], { ST2_ADMIN_PASSWORD: ADMIN_PASSWORD })
  const read = (path: string) => readFileSync(join(root, path), 'utf8')

  beforeAll(() => {
    output('node', [join(REPOSITORY, 'scripts/prepare.mjs')])
    output(process.execPath, [join(DEPLOY, 'ship.mjs'), tree])
    const actions = ['--action-user', 'stanley', '--action-runners', '3']
    installed = install('--mongodb-uri', MONGODB_URI, '--server-name', 'st2.example', '--tree', tree, ...actions)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('installs, and changes nothing the second time', () => {
    expect(installed).toMatchObject({ status: 0, stderr: '' })
    const before = listing(root)
    expect(install('--tree', tree)).toEqual({ status: 0, stdout: 'Nothing to change.\n', stderr: '' })
    expect(listing(root)).toEqual(before)
  })

  it('puts right what was damaged, and keeps the configuration', () => {
    const before = listing(root)
    writeFileSync(join(root, 'opt/st2/apps/webui/dist/index.html'), 'damaged')
    writeFileSync(join(root, 'etc/systemd/system/st2api.service'), 'damaged')
    writeFileSync(join(root, 'etc/st2/st2.conf'), `${read('etc/st2/st2.conf')}# mine\n`)
    const again = install('--tree', tree, '--mongodb-uri', 'mongodb://other.example/')
    expect(again.stdout.split('\n')).toEqual([
      'install /opt/st2',
      'note: /etc/st2/st2.conf is kept as it is; --mongodb-uri was not written into it',
      'write /etc/systemd/system/st2api.service',
      '2 changes made.',
      '',
    ])
    expect(Object.keys(listing(root))).toEqual(Object.keys(before))
    expect(read('etc/st2/st2.conf')).toContain('# mine')
  })

  it('only tells with --dry-run', () => {
    const elsewhere = join(folder, 'dry')
    const args = ['--prefix', elsewhere, '--dry-run', '--tree', tree, '--mongodb-uri', MONGODB_URI]
    const told = run(join(REFERENCE, 'install.sh'), args)
    expect(told).toMatchObject({ status: 0, stderr: '' })
    expect(told.stdout).toContain('would install /opt/st2\n')
    expect(told.stdout).toContain('would write /etc/st2/st2.conf\n')
    expect(existsSync(elsewhere)).toBe(false)
  })

  it.each([
    [['--mongodb-uri', 'postgres://u:secret@db/'], 2, '--mongodb-uri must begin with mongodb://'],
    [['--mongodb-uri', MONGODB_URI, '--https-port', '70000'], 2, '--https-port must be a number from 1 to 65535'],
    [['--mongodb-uri', MONGODB_URI, '--action-user', 'root'], 2, '--action-user must be neither root nor st2'],
    [['--mongodb-uri'], 2, '--mongodb-uri needs a value'],
    [['--frobnicate'], 2, 'unknown option --frobnicate'],
    [[], 1, "MongoDB's server is not in Debian"],
  ])('refuses %j before it changes anything', (args, status, message) => {
    const elsewhere = join(folder, 'refused')
    const ended = run(join(REFERENCE, 'install.sh'), ['--prefix', elsewhere, ...args])
    expect(ended).toMatchObject({ status, stdout: '' })
    expect(ended.stderr).toContain(message)
    expect(ended.stderr).not.toContain('secret')
    expect(existsSync(elsewhere) ? readdirSync(elsewhere) : []).toEqual([])
  })

  it('writes a configuration that the server understands, readable by the service alone', () => {
    const loaded = loadConfig({ files: [join(root, 'etc/st2/st2.conf')], env: {}, overrides: {} })
    expect(loaded.warnings).toEqual([])
    expect(chosenBackends(loaded)).toBe('distributed')
    expect(loaded.config.database.host).toBe(MONGODB_URI)
    expect(loaded.config.system_user.user).toBe('stanley')
    expect(loaded.config.webui.webui_base_url).toBe('https://st2.example')
    const modes = ['etc/st2/st2.conf', 'etc/st2/tls/st2.key', 'var/lib/st2/htpasswd', 'var/lib/st2']
    expect(modes.map((path) => (statSync(join(root, path)).mode & 0o777).toString(8))).toEqual([
      '640',
      '640',
      '600',
      '700',
    ])
  })

  it('makes units for every service that systemd accepts', () => {
    const units = join(folder, 'units')
    mkdirSync(units)
    const names = readdirSync(join(root, 'etc/systemd/system')).filter((name) => /\.(service|target)$/.test(name))
    for (const name of names)
      writeFileSync(join(units, name), read(`etc/systemd/system/${name}`).replaceAll('/opt/st2/', `${root}/opt/st2/`))
    const verified = run('systemd-analyze', ['verify', ...names.map((name) => join(units, name))])
    expect(verified).toEqual({ status: 0, stdout: '', stderr: '' })
    const started = names.flatMap((name) => /--services (\w+)/.exec(read(`etc/systemd/system/${name}`))?.[1] ?? [])
    expect(started.toSorted()).toEqual([...SERVICES].toSorted())
    expect(read('etc/systemd/system/st2.target')).toContain('st2actionrunner@3.service st2web.service')
  })

  it('lets actions end before systemd kills them, and sudo gain privileges where actions run alone', () => {
    const unit = read('etc/systemd/system/st2actionrunner@.service')
    const loaded = loadConfig({ files: [join(root, 'etc/st2/st2.conf')], env: {}, overrides: {} })
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(
      loaded.config.actionrunner.exit_still_active_check,
    )
    expect(read('etc/systemd/system/st2actionrunner@.service.d/sudo.conf')).toContain('NoNewPrivileges=no')
    expect(read('etc/systemd/system/st2api.service')).toContain('NoNewPrivileges=yes')
    expect(read('etc/sudoers.d/st2')).toBe('st2 ALL=(stanley) NOPASSWD: SETENV: ALL\n')
  })

  it('writes a configuration that nginx accepts', async () => {
    const text = read('etc/st2/nginx.conf')
    expect(text).not.toContain(root)
    const [http, https] = [await freePort(), await freePort()]
    mkdirSync(join(folder, 'run'))
    const local = text
      .replaceAll('/run/st2web', join(folder, 'run'))
      .replaceAll(/\/(?:opt\/st2|etc\/st2|var\/log\/st2web)\//g, (path) => `${root}${path}`)
      .replace('listen 80;', `listen 127.0.0.1:${http};`)
      .replace('listen 443 ', `listen 127.0.0.1:${https} `)
    const conf = join(folder, 'nginx.conf')
    writeFileSync(conf, local)
    const tested = run('nginx', ['-t', '-e', join(folder, 'nginx.log'), '-c', conf])
    expect(tested).toMatchObject({ status: 0, stderr: expect.stringContaining('test is successful') })
  })

  it('installs a server that runs actions, Python included, and knows the password', async () => {
    await using server = await startServer({
      env: {
        ST2_AUTH__BACKEND_KWARGS: JSON.stringify({ file_path: join(root, 'var/lib/st2/htpasswd') }),
        ST2_KEYVALUE__ENCRYPTION_KEY_PATH: join(root, 'var/lib/st2/keys/datastore_key.json'),
      },
    })
    const admin = await api(server)
    const shell = await admin.run('core.local', { cmd: 'echo installed' })
    const python = await admin.run('core.uuid', {})
    expect(await admin.finished(shell.id)).toMatchObject({ status: 'succeeded', result: { stdout: 'installed' } })
    expect(await admin.finished(python.id)).toMatchObject({ status: 'succeeded' })
    expect((await fetch(server.url)).status).toBe(200)
  })

  it('installs commands that run with the Node they came with', () => {
    const commands = readdirSync(join(root, 'opt/st2/bin'))
    expect(commands).toContain('st2-register-content')
    for (const name of commands) {
      const told = run(join(root, 'opt/st2/bin', name), ['--help'], { PATH: '/usr/bin:/bin' })
      expect({ name, ...told }).toMatchObject({ name, status: 0, stderr: '' })
      expect(told.stdout.toLowerCase()).toContain('usage: ')
    }
  })

  it('takes everything away again, the data only when told to', () => {
    const uninstall = (...args: string[]) => run(join(REFERENCE, 'uninstall.sh'), ['--prefix', root, ...args])
    expect(uninstall()).toMatchObject({ status: 0, stderr: '' })
    expect(Object.keys(listing(root)).toSorted()).toEqual([
      '/etc/st2/install.options',
      '/etc/st2/st2.conf',
      '/etc/st2/tls/st2.crt',
      '/etc/st2/tls/st2.key',
      '/var/lib/st2/htpasswd',
      '/var/lib/st2/keys/datastore_key.json',
    ])
    expect(uninstall('--purge')).toMatchObject({ status: 0, stderr: '' })
    expect(listing(root)).toEqual({})
    expect(uninstall('--purge').stdout).toBe('Nothing to remove.\n')
  })
})

interface ComposeService {
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly networks?: readonly string[]
  readonly volumes?: readonly string[]
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string }
  readonly stop_grace_period?: string
  readonly healthcheck?: { readonly test: readonly string[] }
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, object>>
  readonly volumes: Readonly<Record<string, object>>
}

describe('the deployment in containers', () => {
  let compose: Compose
  const st2 = (): [string, ComposeService][] =>
    Object.entries(compose.services).filter(([, service]) => service.command?.[0] === '--services')

  beforeAll(() => {
    // The reader belongs to packages that the server does not know: a process of its own reads.
    const reader = pathToFileURL(join(REPOSITORY, 'packages/yaml/src/index.ts')).href
    const program = `import { readFileSync } from 'node:fs'
      import { parseYaml } from ${JSON.stringify(reader)}
      process.stdout.write(JSON.stringify(parseYaml(readFileSync(process.argv[1], 'utf8'))))`
    const file = join(DEPLOY, 'compose/compose.yaml')
    compose = JSON.parse(output(process.execPath, ['--input-type=module', '-e', program, file]))
  })

  it('is what the Compose Specification allows', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'conformance/compose-spec.json'), 'utf8'))
    // The formats are prose of the specification's.
    const validate = new Ajv({ strict: false, validateFormats: false }).compile({ ...schema, $schema: undefined })
    validate(compose)
    expect(validate.errors).toBeNull()
    expect(validate({ services: { api: { imagine: 'st2' } } })).toBe(false)
  })

  it('runs every service once, each with its health and time to end', () => {
    expect(st2().map(([name]) => name)).toEqual(expect.arrayContaining([...SERVICES]))
    expect(st2()).toHaveLength(SERVICES.length)
    for (const [name, { command, healthcheck, stop_grace_period }] of st2()) {
      expect(command).toEqual(['--services', name, '--port', '9000'])
      expect(healthcheck?.test.join(' ')).toContain('http://127.0.0.1:9000/readyz')
      expect(stop_grace_period).toBe('90s')
    }
  })

  it('sets options that the server knows', () => {
    for (const [name, { environment = {} }] of st2()) {
      const env = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, value.replaceAll(/\$\{\w+(?::[-?]([^}]*))?\}/g, 'x')]),
      )
      const loaded = loadConfig({ files: [], env, overrides: {} })
      expect({ name, warnings: loaded.warnings }).toEqual({ name, warnings: [] })
      expect(chosenBackends(loaded)).toBe('distributed')
      expect(loaded.config.actionrunner.exit_still_active_check).toBeLessThan(90)
    }
  })

  it('names only networks, volumes and files that are there', () => {
    for (const service of Object.values(compose.services)) {
      for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network)
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '')
      if (service.build === undefined) continue
      const context = join(DEPLOY, 'compose', service.build.context)
      const dockerfile = readFileSync(join(context, service.build.dockerfile), 'utf8')
      expect(dockerfile).toMatch(new RegExp(`^FROM \\S+ AS ${service.build.target}$`, 'm'))
    }
  })

  it('leads its front to the ports of the services', () => {
    const settings = join(DEPLOY, 'compose/front.json')
    const rendered = run(process.execPath, [join(REPOSITORY, 'nginx/render-conf.mjs'), settings])
    expect(rendered).toMatchObject({ status: 0, stderr: '' })
    for (const name of ['api', 'auth', 'stream'] as const) {
      expect(rendered.stdout).toContain(`server ${name}:${{ api: 9101, auth: 9100, stream: 9102 }[name]} `)
      expect(compose.services[name]?.networks).toContain('outside')
    }
  })
})

it('has scripts that the shell and its checker accept', () => {
  const scripts = ['install.sh', 'uninstall.sh', 'layout.sh'].map((name) => join(REFERENCE, name))
  for (const script of scripts) expect(run('bash', ['-n', script])).toMatchObject({ status: 0, stderr: '' })
  expect(run('shellcheck', ['-x', '-P', REPOSITORY, ...scripts])).toMatchObject({ status: 0, stdout: '' })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type TestApi } from '../support/api.ts'
import { type CommandLine, type CommandResult, loggedIn, officialClient, ourClient } from '../support/command-line.ts'
import { startServer, temporaryFolder } from '../support/server.ts'

const stack = new AsyncDisposableStack()
let admin: TestApi
let theirs: CommandLine
let ours: CommandLine
const ids: Record<string, string> = {}

beforeAll(async () => {
  const folder = stack.use(temporaryFolder()).path
  const server = stack.use(await startServer())
  admin = await api(server)
  ids['ok'] = await ran('core.local', { cmd: 'echo out; echo err >&2' })
  ids['failed'] = await ran('core.local', { cmd: 'exit 2', timeout: 20 })
  ids['json'] = await ran('core.local', { cmd: `echo '{"a": [1, {"b": null}]}'` })
  ids['secret'] = await ran('examples.secret_length', { user: 'joe', secret: 'hush' })
  ids['noop'] = await ran('core.noop', {})
  theirs = await loggedIn(officialClient(server, folder))
  ours = await loggedIn(ourClient(server, folder))
})

afterAll(() => stack.disposeAsync())

async function ran(action: string, parameters: Record<string, unknown>): Promise<string> {
  return (await admin.finished((await admin.run(action, parameters)).id)).id
}

/** What differs between two runs of one command: ids, times, how often it was polled. */
function comparable({ code, stdout }: CommandResult): { code: number; stdout: string[] } {
  const text = stdout
    .replace(/^\.*\n?/, '')
    .replace(/\b[0-9a-f]{32}\b/g, '<token>')
    .replace(/\b[0-9a-f]{24}\b/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, '<time>')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d UTC/g, '<time>')
    .replace(/\(\d+s elapsed\)/g, '(<n>s elapsed)')
    .replace(/\b\d+(\.\d+)? ?s\b/g, '<n>s')
    // In an error text; which of the two is asked for makes no difference.
    .replace(/(for url: [^ ?]*)\/\?/g, '$1?')
  return { code, stdout: text.split('\n').map((line) => line.trimEnd()) }
}

const COMMANDS: readonly (readonly string[])[] = [
  ['run', 'core.local', 'cmd=echo hi'],
  ['run', 'core.local', 'cmd=echo out; echo err >&2; exit 2'],
  ['run', '-j', 'core.local', 'cmd=echo 4711; exit 3'],
  ['run', '-y', 'core.local', 'cmd=echo hi'],
  ['run', 'core.local', 'cmd=printf "a\\nb\\n"'],
  ['run', '-j', 'core.local', 'cmd=sleep 9', 'timeout=1'],
  ['run', 'core.noop'],
  ['run', 'core.echo', 'message=with blanks'],
  ['run', 'core.local', 'env=A=1,B=2', 'cmd=echo $A$B'],
  ['run', 'core.nope'],
  ['run', 'core.local'],
  ['run', 'core.local', 'cmd=x', 'frob=1'],
  ['run', 'core.local', 'cmd=x', 'timeout=abc'],
  ['run', '-a', 'core.noop'],
  ['run', '-a', '-j', 'core.noop'],
  ['run', 'core.local', '-h'],
  ['run', 'core.http', '-h'],
  ['run', '-a', 'examples.secret_length', 'user=joe', 'secret=hush'],
  ['execution', 'get', '{ok}'],
  ['execution', 'get', '{ok}', '-j'],
  ['execution', 'get', '{ok}', '-y'],
  ['execution', 'get', '{ok}', '-d'],
  ['execution', 'get', '{ok}', '-k', 'stdout'],
  ['execution', 'get', '{failed}'],
  ['execution', 'get', '{json}'],
  ['execution', 'get', '{json}', '-j'],
  ['execution', 'get', '{secret}', '-j'],
  ['execution', 'get', '{noop}'],
  ['execution', 'get', '{ok}', '{failed}'],
  ['execution', 'get', 'nope'],
  ['execution', 'get', '5f0000000000000000000000'],
  ['execution', 'list', '--action', 'examples.secret_length'],
  ['execution', 'list', '--action', 'examples.secret_length', '-j'],
  ['execution', 'list', '--status', 'frob'],
  ['execution', 'list', '-n', '0'],
  ['execution', 'tail', '{ok}'],
  ['execution', 'cancel', '{ok}'],
  ['execution', 're-run', '{ok}'],
  ['execution', 're-run', '{ok}', 'cmd=echo again', '-j'],
  ['execution', 're-run', '5f0000000000000000000000'],
  ['action', 'list', '-p', 'core'],
  ['action', 'list', '-p', 'core', '-j'],
  ['action', 'list', '-p', 'nope'],
  ['action', 'get', 'core.local'],
  ['action', 'get', 'core.local', '-j'],
  ['action', 'get', 'core.local', '-y'],
  ['action', 'get', 'core.nope'],
  ['runner', 'list'],
  ['runner', 'get', 'noop'],
  ['runner', 'get', 'noop', '-j'],
  ['pack', 'list'],
  ['pack', 'get', 'core'],
  ['whoami'],
  ['login', 'st2admin', '-p', 'wrong'],
]

describe('bin/st2 prints what the official client prints', () => {
  it.each(COMMANDS.map((args) => [`st2 ${args.join(' ')}`, args] as const))('%s', async (_name, args) => {
    const filled = args.map((arg) => arg.replace(/^\{(\w+)\}$/, (_whole, name: string) => ids[name] ?? name))
    const expected = comparable(await theirs.run(...filled))
    expect(comparable(await ours.run(...filled))).toEqual(expected)
  })
})

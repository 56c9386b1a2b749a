import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, expectStatus, type TestApi } from '../support/api.ts'
import { type CommandLine, type CommandResult, loggedIn, officialClient, ourClient } from '../support/command-line.ts'
import { startServer, temporaryFolder } from '../support/server.ts'
import { until } from '../support/until.ts'

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
  await makeEvents()
  theirs = await loggedIn(officialClient(server, folder))
  ours = await loggedIn(ourClient(server, folder))
})

afterAll(() => stack.disposeAsync())

async function ran(action: string, parameters: Record<string, unknown>): Promise<string> {
  return (await admin.finished((await admin.run(action, parameters)).id)).id
}

/** A rule of each kind that is enabled and one that is not, an event that matches, a policy and an alias. */
async function makeEvents(): Promise<void> {
  const rule = { pack: 'default', enabled: true, action: { ref: 'core.noop' } }
  const hook = { type: 'core.st2.webhook', parameters: { url: 'same' } }
  const timer = { type: 'core.st2.IntervalTimer', parameters: { unit: 'hours', delta: 7 } }
  ids['rule'] = await made('/rules', { ...rule, name: 'hooked', description: 'When it is called.', trigger: hook })
  await made('/rules', { ...rule, name: 'timed', enabled: false, trigger: timer })
  await made('/policies', {
    name: 'few',
    pack: 'default',
    resource_ref: 'core.echo',
    policy_type: 'action.concurrency',
    parameters: { threshold: 9 },
  })
  await made('/actionalias', {
    name: 'say',
    pack: 'default',
    description: 'Says it.',
    action_ref: 'core.echo',
    formats: ['say {{ message }}'],
  })
  await admin.ask('POST', '/webhooks/same', { body: { n: 1 } })
  const enforcement = await until('the rule is enforced', async () => {
    const [first] = await admin.get<ShownEnforcement[]>('/ruleenforcements?rule_ref=default.hooked')
    return first ?? null
  })
  ids['enforcement'] = enforcement.id
  ids['instance'] = enforcement.trigger_instance_id
  const [listed] = await admin.get<{ id: string }[]>('/timers?timer_type=core.st2.IntervalTimer')
  ids['timer'] = listed?.id ?? ''
}

async function made(path: string, body: Record<string, unknown>): Promise<string> {
  return expectStatus<{ id: string }>(await admin.ask('POST', path, { body }), 201).id
}

interface ShownEnforcement {
  readonly id: string
  readonly trigger_instance_id: string
}

/** What differs between two runs of one command: ids, times, how often it was polled. */
function comparable({ code, stdout }: CommandResult): { code: number; stdout: string[] } {
  const text = stdout
    .replace(/^\.*\n?/, '')
    .replace(/\b[0-9a-f]{32}\b/g, '<token>')
    .replace(/\b[0-9a-f]{24}\b/g, '<id>')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
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
  ['rule', 'list', '-p', 'default'],
  ['rule', 'list', '-p', 'default', '--iftt'],
  ['rule', 'list', '-p', 'default', '--disabled', '-j'],
  ['rule', 'list', '-n', '1', '-p', 'default'],
  ['rule', 'get', 'default.hooked'],
  ['rule', 'get', '{rule}', '-j'],
  ['rule', 'get', 'default.nope'],
  ['rule', 'disable', 'default.hooked'],
  ['rule', 'enable', 'default.hooked', '-j'],
  ['rule-enforcement', 'list', '--rule', 'default.hooked'],
  ['rule-enforcement', 'list', '--rule', 'default.hooked', '-j'],
  ['rule-enforcement', 'get', '{enforcement}'],
  ['trigger', 'list', '-p', 'core'],
  ['trigger', 'get', 'core.st2.webhook'],
  ['trigger', 'getspecs', 'core.st2.webhook'],
  ['trigger-instance', 'list', '--trigger', 'core.nope'],
  ['trigger-instance', 'get', '{instance}', '-a', 'id', 'trigger', 'status'],
  ['trigger-instance', 'get', '5f0000000000000000000000'],
  ['trigger-instance', 're-emit', '{instance}'],
  ['timer', 'list', '-ty', 'core.st2.IntervalTimer'],
  ['timer', 'get', '{timer}'],
  ['webhook', 'list'],
  ['webhook', 'get', 'same'],
  ['policy', 'list', '-p', 'default'],
  ['policy', 'list', '-r', 'core.echo', '-j'],
  ['policy', 'get', 'default.few'],
  ['policy-type', 'list'],
  ['policy-type', 'get', 'action.retry', '-y'],
  ['sensor', 'list'],
  ['action-alias', 'list', '-p', 'default'],
  ['action-alias', 'get', 'default.say'],
  ['action-alias', 'match', 'say hello'],
  ['action-alias', 'match', 'xyzzy plugh'],
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

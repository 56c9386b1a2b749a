import { expect, it } from 'vitest'
import { api, expectStatus } from './support/api.ts'
import { EventStream } from './support/event-stream.ts'
import { startServer } from './support/server.ts'

interface Done {
  readonly execution: {
    readonly id: string
    readonly context: unknown
    readonly liveaction: unknown
    readonly parameters: unknown
  }
  readonly actionalias: { readonly ref: string }
  readonly message?: string
  readonly extra?: unknown
}

const ALIAS = {
  name: 'orcalias',
  pack: 'default',
  action_ref: 'core.local',
  formats: ['orc run {{cmd}}', { display: 'orc hi <who>', representation: ['orc hi {{cmd=you}}'] }],
  ack: { format: 'ok {{ execution.id }}', extra: { slack: { color: '{{ execution.status }}' } } },
  immutable_parameters: { timeout: 7 },
}

it('runs what is said, and says back what the alias wants', async () => {
  await using server = await startServer()
  const admin = await api(server)
  expectStatus(await admin.ask('POST', '/actionalias', { body: ALIAS }), 201)
  const said = { command: 'orc run date', user: 'chatuser', source_channel: 'chan', notification_route: 'hubot' }
  const one = expectStatus<Done>(
    await admin.ask('POST', '/aliasexecution', { body: { name: 'orcalias', format: 'orc run {{cmd}}', ...said } }),
    201,
  )
  expect(one).toMatchObject({
    message: `ok ${one.execution.id}`,
    extra: { slack: { color: 'requested' } },
    actionalias: { ref: 'default.orcalias' },
    execution: {
      parameters: { cmd: 'date', timeout: 7 },
      context: {
        action_alias_ref: { name: 'orcalias' },
        api_user: 'chatuser',
        user: 'st2admin',
        source_channel: 'chan',
        pack: 'core',
      },
      liveaction: {
        notify: {
          'on-complete': {
            data: { user: 'chatuser', source_channel: 'chan', source_context: null },
            routes: ['hubot'],
          },
        },
      },
    },
  })
  expect((await admin.finished(one.execution.id)).status).toBe('succeeded')

  const { results } = expectStatus<{ results: Done[] }>(
    await admin.ask('POST', '/aliasexecution/match_and_execute', { body: { ...said, command: 'orc hi {{ 1 + 1 }}' } }),
    201,
  )
  // What was said is data, whatever it looks like.
  expect(results.map(({ execution }) => execution.parameters)).toEqual([{ cmd: '{{ 1 + 1 }}', timeout: 7 }])

  const faultOf = async (path: string, body: object): Promise<unknown> => {
    const { status, body: answer } = await admin.ask('POST', path, { body })
    return [status, (answer as { faultstring: string }).faultstring]
  }
  const named = { ...said, name: 'orcalias', format: 'orc run {{cmd}}' }
  expect(await faultOf('/aliasexecution', { ...named, command: 'nothing' })).toEqual([
    400,
    'Command "nothing" doesn\'t match format string "orc run {{cmd}}"',
  ])
  expect(await faultOf('/aliasexecution', { ...named, name: 'nope' })).toEqual([
    404,
    "Unable to find the ActionAliasDB instance. {'name': 'nope'}",
  ])
  expect(await faultOf('/aliasexecution', { name: 'orcalias' })).toEqual([
    400,
    "'source_channel' is a required property",
  ])
  expect(await faultOf('/aliasexecution', { ...named, format: 'orc' })).toEqual([
    400,
    'Format string "orc" is not available on the alias "orcalias"',
  ])
  expect(await faultOf('/aliasexecution', { ...named, command: 'orc run date timeout=9' })).toEqual([
    400,
    "Immutable arguments cannot be overriden: ['timeout']",
  ])
  expect(await faultOf('/aliasexecution/match_and_execute', { ...said, command: 'xyzzy plugh' })).toEqual([
    400,
    "Command 'xyzzy plugh' matched no patterns",
  ])
})

it('announces on the stream under the route', async () => {
  await using server = await startServer()
  const admin = await api(server)
  await using stream = await EventStream.open(
    `${server.stream}/v1/stream?events=st2.announcement__general`,
    admin.token,
  )
  const { id } = await admin.run('core.announcement', { message: { text: 'hello' } })
  const seen = await stream.upTo(({ event }) => event === 'st2.announcement__general')
  expect(JSON.parse(seen.at(-1)?.data ?? '')).toMatchObject({ payload: { message: { text: 'hello' } } })
  const done = await admin.finished(id)
  expect([done.status, done.result]).toEqual([
    'succeeded',
    { output: { message: { text: 'hello' } }, message: { text: 'hello' } },
  ])
})

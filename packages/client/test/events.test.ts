import { expect, it } from 'vitest'
import { createClient, endpointsBehind } from '../src/index.ts'
import { sendJson, serve } from './http-server.ts'

type Client = ReturnType<typeof createClient>

/** What each binding asks for. */
const QUESTIONS: readonly (readonly [(client: Client) => Promise<unknown>, string, string])[] = [
  [(c) => c.rules.list({ pack: 'p', enabled: false, limit: 2 }), 'GET /api/v1/rules?pack=p&enabled=false&limit=2', ''],
  [(c) => c.rules.view('p.r'), 'GET /api/v1/rules/views/p.r', ''],
  [(c) => c.rules.create({ name: 'r' }), 'POST /api/v1/rules', '{"name":"r"}'],
  [(c) => c.rules.update('p.r', { name: 'r' }), 'PUT /api/v1/rules/p.r', '{"name":"r"}'],
  [(c) => c.rules.remove('p.r'), 'DELETE /api/v1/rules/p.r', ''],
  [(c) => c.rules.test('p.r', { payload: {} }), 'POST /api/v1/rules/p.r/test', '{"payload":{}}'],
  [
    (c) =>
      c.rules.testDefinition({ name: 'r', trigger: { type: 't' }, action: { ref: 'a' } }, { trigger_instance: '1' }),
    'POST /api/v1/rules/test',
    '{"trigger_instance":"1","rule":{"name":"r","trigger":{"type":"t"},"action":{"ref":"a"}}}',
  ],
  [(c) => c.ruleEnforcements.views({ rule_ref: 'p.r' }), 'GET /api/v1/ruleenforcements/views?rule_ref=p.r', ''],
  [(c) => c.triggerTypes.list({ name: ['a', 'b'] }), 'GET /api/v1/triggertypes?name=a%2Cb', ''],
  [
    (c) => c.triggerTypes.update('p.t', { name: 't', pack: 'p' }),
    'PUT /api/v1/triggertypes/p.t',
    '{"id":null,"name":"t","pack":"p"}',
  ],
  [(c) => c.triggers.list({ type: 'p.t' }), 'GET /api/v1/triggers?type=p.t', ''],
  [(c) => c.triggerInstances.list({ status: 'pending' }), 'GET /api/v1/triggerinstances?status=pending', ''],
  [(c) => c.triggerInstances.reEmit('1'), 'POST /api/v1/triggerinstances/1/re_emit', 'null'],
  [(c) => c.timers.list({ timer_type: 'core.st2.CronTimer' }), 'GET /api/v1/timers?timer_type=core.st2.CronTimer', ''],
  [(c) => c.webhooks.send('/a b/c/', { n: 1 }), 'POST /api/v1/webhooks/a%20b/c', '{"n":1}'],
  [(c) => c.sensorTypes.setEnabled('p.S', false), 'PUT /api/v1/sensortypes/p.S', '{"enabled":false}'],
  [(c) => c.policies.list({ resource_ref: 'p.a' }), 'GET /api/v1/policies?resource_ref=p.a', ''],
  [(c) => c.policyTypes.get('action.retry'), 'GET /api/v1/policytypes/action.retry', ''],
  [
    (c) => c.executions.list({ status: ['failed', 'timeout'], rule: 'null', q: 'disk "web 7"', trace_tag: 'a' }),
    'GET /api/v1/executions?status=failed%2Ctimeout&rule=null&q=disk%20%22web%207%22&trace_tag=a',
    '',
  ],
  [
    (c) => c.executions.childrenPage('1', { depth: 1, limit: 2, offset: 4, include_attributes: ['id', 'status'] }),
    'GET /api/v1/executions/1/children?depth=1&limit=2&offset=4&include_attributes=id%2Cstatus',
    '',
  ],
  [(c) => c.actionAliases.match('say it'), 'POST /api/v1/actionalias/match', '{"command":"say it"}'],
  [(c) => c.actionAliases.help({ limit: 0 }), 'GET /api/v1/actionalias/help?limit=0', ''],
]

it.each(QUESTIONS.map(([ask, request, body]) => ({ ask, request, body })))(
  'asks $request',
  async ({ ask, request, body }) => {
    const bodies: string[] = []
    await using server = await serve((_request, response, sent) => {
      bodies.push(sent)
      sendJson(response, 200, [])
    })
    await ask(createClient(endpointsBehind(server.url)))
    expect([server.requests, bodies]).toEqual([[request], [body]])
  },
)

it('sends the trace tag of an event as a header', async () => {
  const tags: unknown[] = []
  await using server = await serve((request, response) => {
    tags.push(request.headers['st2-trace-tag'])
    sendJson(response, 202, {})
  })
  await createClient(endpointsBehind(server.url)).webhooks.send('a', {}, 'tag-1')
  expect(tags).toEqual(['tag-1'])
})

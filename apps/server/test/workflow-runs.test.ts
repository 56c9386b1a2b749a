import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { processesWith } from './support/processes.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

const FLOWS: Readonly<Record<string, string>> = {
  greet: `version: 1.0
input: [name]
tasks:
  say:
    action: core.local
    input: {cmd: 'echo Hello, <% ctx(name) %>'}
    next: [{when: <% succeeded() %>, publish: [{said: <% result().stdout %>}], do: done}]
  done: {action: core.noop}
output: [{said: <% ctx(said) %>}]
`,
  steps: `version: 1.0
input: [file]
tasks:
  wait: {action: core.local, input: {cmd: 'until [ -e <% ctx(file) %> ]; do sleep 0.1; done'}, next: [{when: <% succeeded() %>, do: go}]}
  go: {action: core.noop, next: [{do: check}]}
  check: {action: core.local, input: {cmd: 'test -e <% ctx(file) %>.too'}}
`,
  sleepers: `version: 1.0
tasks:
  all: {with: {items: <% range(20) %>, concurrency: 10}, action: core.local, input: {cmd: 'sleep 600'}}
`,
}

describe('workflows over the API', () => {
  const folder = temporaryFolder()
  let server: TestServer
  let admin: TestApi

  beforeAll(async () => {
    const dataDir = join(folder.path, 'data')
    const files = Object.entries(FLOWS).flatMap(([name, definition]) => [
      [
        `actions/${name}.yaml`,
        `name: ${name}\nrunner_type: orquesta\nentry_point: workflows/${name}.yaml\nenabled: true\n` +
          'parameters: {name: {type: string}, file: {type: string}}\n',
      ],
      [`actions/workflows/${name}.yaml`, definition],
    ])
    writePack(dataDir, 'flows', Object.fromEntries(files))
    server = await startServer({ dataDir, env: { ST2_WORKFLOW_ENGINE__CANCEL_GRACE_MS: '300' } })
    admin = await api(server)
  }, 60_000)

  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })

  it('run, and show their tasks as children with their place', async () => {
    const { id } = await admin.run('flows.greet', { name: 'Ann' })
    const ended = await admin.finished(id)
    expect(ended).toMatchObject({ status: 'succeeded', result: { output: { said: 'Hello, Ann' } } })
    const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
    expect(
      children.map(({ context, status }) => [Reflect.get(context['orquesta'] ?? {}, 'task_name'), status]),
    ).toEqual([
      ['say', 'succeeded'],
      ['done', 'succeeded'],
    ])
    const shown = await admin.get<Record<string, unknown>>(`/executions/${id}`)
    expect(shown['children']).toEqual(children.map((child) => child.id))
    const output = await until('its progress is told', async () => {
      const { text } = await admin.ask('GET', `/executions/${id}/output`)
      return text.includes('is in status "succeeded"') ? text : null
    })
    expect(output).toContain('Workflow execution "')
    expect(output).toContain('Action execution for task "say", route "0" is requested.')
  })

  it('are paused, resumed and run again from a task', async () => {
    const file = join(folder.path, 'file')
    const { id } = await admin.run('flows.steps', { file })
    await admin.reaches(id, 'running')
    expect(await admin.ask('PUT', `/executions/${id}`, { body: { status: 'pausing' } })).toMatchObject({ status: 200 })
    writeFileSync(file, '')
    await admin.reaches(id, 'paused')
    expect(await admin.ask('PUT', `/executions/${id}`, { body: { status: 'resuming' } })).toMatchObject({ status: 200 })
    const failed = await admin.finished(id)
    expect(failed).toMatchObject({
      status: 'failed',
      result: { output: null, errors: [{ type: 'error', task_id: 'check' }] },
    })
    writeFileSync(`${file}.too`, '')
    const answer = await admin.ask('POST', `/executions/${id}/re_run`, { body: { tasks: ['check'], reset: ['check'] } })
    expect(answer.status).toBe(201)
    const again = await admin.finished(String(Reflect.get(answer.body as object, 'id')))
    expect(again).toMatchObject({ status: 'succeeded', context: { 're-run': { ref: id, tasks: ['check'] } } })
    expect(again.context['workflow_execution']).toBe(failed.context['workflow_execution'])
    const refused = await admin.ask('PUT', `/executions/${id}`, { body: { status: 'pausing' } })
    expect(faultOf(refused)).toBe('Execution is already in completed state.')
  })

  it('are cancelled with everything that runs', async () => {
    const { id } = await admin.run('flows.sleepers')
    const sleepers = (): number =>
      processesWith('ST2_ACTION_EXECUTION_ID').filter(({ environment }) =>
        ids.has(environment.get('ST2_ACTION_EXECUTION_ID') ?? ''),
      ).length
    const ids = new Set<string>()
    await until('ten items run', async () => {
      const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
      for (const child of children) ids.add(child.id)
      return sleepers() >= 10
    })
    expect((await admin.ask('DELETE', `/executions/${id}`)).status).toBe(200)
    expect(await admin.finished(id)).toMatchObject({ status: 'canceled' })
    await until('nothing runs any more', () => sleepers() === 0)
    const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
    expect(children.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'canceled'))
  })
})

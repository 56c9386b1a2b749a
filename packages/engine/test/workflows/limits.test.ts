import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../support/test-engine.ts'
import { startWorkflows } from './workflow-kit.ts'

const CYCLE = `
tasks:
  lead: {action: test.noop, next: [{do: round}]}
  round: {action: test.noop, next: [{do: round}]}
`
/** Eight runs of tasks, the first of which waits. */
const EIGHT = `
vars: [{n: 0}]
tasks:
  lead: {action: test.gated, next: [{do: round}]}
  round: {action: test.noop, next: [{when: <% ctx(n) < 6 %>, publish: [{n: <% ctx(n) + 1 %>}], do: round}]}
output: [{n: <% ctx(n) %>}]
`

describe('the limits of a workflow', () => {
  it('end it with an error that names the option', async () => {
    await using bench = await startWorkflows({
      overrides: { 'workflow_engine.max_task_runs': '20', 'workflow_engine.max_items': '3' },
    })
    await bench.define('cycle', CYCLE)
    await bench.define('items', 'tasks: {all: {with: <% range(4) %>, action: test.noop}}')
    const messages = async (name: string): Promise<unknown> => {
      const ended = await bench.ended((await bench.run(name)).id)
      expect(ended.status).toBe('failed')
      const { errors } = (await bench.result(ended)) as { errors: { message: string }[] }
      return errors.map(({ message }) => message).join()
    }
    expect(await messages('cycle')).toContain('exceeds its limit of task runs (20, max_task_runs)')
    expect(await messages('items')).toContain('exceeds its limit of items of a task (3, max_items)')
  })

  it('are those that it began with, whatever they are when it is read again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'workflows-'))
    try {
      let id = ''
      {
        await using bench = await startWorkflows({ folder })
        await bench.define('eight', EIGHT)
        id = (await bench.run('eight')).id
        await until(() => bench.test.runner.runs.length > 0)
      }
      const overrides = { 'workflow_engine.max_task_runs': '3', 'actionrunner.on_crash': 'rerun' }
      await using later = await startWorkflows({ folder, epoch: 2, overrides })
      const ended = await later.ended(id)
      // The task that waited was ended with its server, which does not matter to its followers.
      expect(await later.result(ended)).toMatchObject({ output: { n: 6 } })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

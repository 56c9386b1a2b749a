import { join } from 'node:path'
import { executions } from '@st2/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Connection } from '../../src/adapters/sqlite/connection.ts'
import { migrate } from '../../src/adapters/sqlite/schema.ts'
import { selectRows } from '../../src/adapters/sqlite/select.ts'
import { tableOf } from '../../src/adapters/sqlite/table.ts'
import type { Condition, Filter, Order } from '../../src/ports/store.ts'
import { temporaryFolder, type TemporaryFolder } from './support.ts'

const NEWEST_FIRST: readonly Order[] = [{ field: 'start_timestamp', direction: 'desc' }]
const OLDEST_FIRST: readonly Order[] = [{ field: 'start_timestamp', direction: 'asc' }]

/** Records what the store's own code asks SQLite, and asks how it would be answered. */
class ExplainingConnection extends Connection {
  readonly plans: string[] = []

  override rows(sql: string, ...params: (string | number | null)[]) {
    if (sql.includes(' limit ?')) {
      const steps = super.rows(`explain query plan ${sql}`, ...params)
      this.plans.push(...steps.map((step) => String(step[3])))
    }
    return super.rows(sql, ...params)
  }
}

describe('queries over executions', () => {
  const table = tableOf(executions)
  let folder: TemporaryFolder
  let connection: ExplainingConnection

  beforeAll(() => {
    folder = temporaryFolder()
    connection = new ExplainingConnection(join(folder.path, 'plans.db'), {
      readOnly: false,
      cacheKiB: 1024,
      busyTimeoutMs: 0,
    })
    migrate(connection, [table], () => undefined)
  })
  afterAll(() => {
    connection.close()
    folder[Symbol.dispose]()
  })

  const planOf = (filter: Filter, order: readonly Order[]): string[] => {
    connection.plans.length = 0
    selectRows(connection, table, { filter, order, limit: 50 }, ['doc'], { maxScannedRows: 1_000 })
    return connection.plans
  }
  const eq = (field: string, value: string | null = 'x'): Condition => ({ field, op: 'eq', value })

  const LISTS: readonly [name: string, filter: Filter, index: string][] = [
    ['everything', [], 'execution__start_timestamp'],
    ['a status', [eq('status')], 'execution__status__start_timestamp'],
    ['an action', [eq('action')], 'execution__action__start_timestamp'],
    ['a runner', [eq('runner')], 'execution__runner__start_timestamp'],
    ['a user', [eq('user')], 'execution__user__start_timestamp'],
    ['the top level', [eq('parent', null)], 'execution__parent__start_timestamp'],
    ['the children of one', [eq('parent')], 'execution__parent__start_timestamp'],
    ['a rule', [eq('rule')], 'execution__rule__start_timestamp__sparse_rule'],
    ['a trigger', [eq('trigger')], 'execution__trigger__start_timestamp__sparse_trigger'],
    ['a trigger type', [eq('trigger_type')], 'execution__trigger_type__start_timestamp__sparse_trigger_type'],
    [
      'a trigger instance',
      [eq('trigger_instance')],
      'execution__trigger_instance__start_timestamp__sparse_trigger_instance',
    ],
    [
      'a workflow',
      [eq('workflow_execution')],
      'execution__workflow_execution__start_timestamp__sparse_workflow_execution',
    ],
    [
      'a time range',
      [
        { field: 'start_timestamp', op: 'gte', value: 'a' },
        { field: 'start_timestamp', op: 'lt', value: 'b' },
      ],
      'execution__start_timestamp',
    ],
    [
      'a status in a time range',
      [eq('status'), { field: 'start_timestamp', op: 'gt', value: 'a' }],
      'execution__status__start_timestamp',
    ],
    ['not a status', [{ field: 'status', op: 'ne', value: 'x' }], 'execution__start_timestamp'],
    ['not the top level', [{ field: 'parent', op: 'ne', value: null }], 'execution__start_timestamp'],
  ]

  it.each(LISTS)('walk one index for %s, newest first and oldest first', (_name, filter, index) => {
    for (const order of [NEWEST_FIRST, OLDEST_FIRST]) {
      const plan = planOf(filter, order)
      expect(plan).toHaveLength(1)
      expect(plan[0]).toMatch(new RegExp(`USING INDEX ${index}( |$)`))
    }
  })

  it('sort no more than the documents of one moment when the order has a second field', () => {
    const order: readonly Order[] = [...NEWEST_FIRST, { field: 'action', direction: 'asc' }]
    for (const [, filter, index] of LISTS) {
      const plan = planOf(filter, order).join('\n')
      expect(plan).toContain(index)
      expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/)
    }
  })

  it('find one document by a unique key', () => {
    expect(planOf([eq('liveaction')], [])).toEqual([
      expect.stringMatching(/^SEARCH execution USING INDEX execution__liveaction__unique/),
    ])
    expect(planOf([eq('id')], [])).toEqual([
      expect.stringMatching(/^SEARCH execution USING INDEX execution__id__unique/),
    ])
  })

  it('find what is due by the index on status and due_at, one walk per status', () => {
    const filter: Filter = [
      { field: 'status', op: 'in', value: ['requested', 'delayed', 'scheduled'] },
      { field: 'due_at', op: 'lte', value: 1_000 },
    ]
    const plan = planOf(filter, [{ field: 'due_at', direction: 'asc' }])
    const walks = plan.filter((step) => step.includes('execution__status__due_at__sparse_due_at'))
    expect(walks).toHaveLength(3)
    for (const walk of walks) expect(walk).toMatch(/^SEARCH .*\(status=\? AND due_at<\?\)/)
    expect(plan.filter((step) => step.startsWith('SCAN execution'))).toEqual([])
  })

  it('find what an incarnation holds by its index', () => {
    expect(planOf([eq('claimed_by')], []).join('\n')).toContain('execution__claimed_by__sparse_claimed_by')
  })

  it.each<[string, Filter, Order[], string]>([
    [
      'what policies have not looked at',
      [eq('policy_queue'), { field: 'due_at', op: 'lte', value: 1_000 }],
      [
        { field: 'due_at', direction: 'asc' },
        { field: 'start_timestamp', direction: 'asc' },
      ],
      'execution__policy_queue__due_at__sparse_policy_queue',
    ],
    [
      'who waits in a queue of a policy',
      [eq('policy_queue')],
      [...OLDEST_FIRST],
      'execution__policy_queue__start_timestamp__sparse_policy_queue',
    ],
    [
      'the next queue of a policy',
      [{ field: 'policy_queue', op: 'gt', value: 'x' }],
      [{ field: 'policy_queue', direction: 'asc' }],
      'execution__policy_queue__',
    ],
    ['who names a blob', [eq('result_blob')], [], 'execution__result_blob__sparse_result_blob'],
  ])('find %s by an index, without sorting', (_name, filter, order, index) => {
    const plan = planOf(filter, order).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/SCAN execution$/m)
    expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/)
  })

  it('choose the rarer of two filters by what is counted', () => {
    const insert = (status: string, action: string, count: number) => {
      for (let number = 0; number < count; number++) {
        connection.run(
          'insert into execution__counter values (?, ?, ?, null, null, null, null, null, 0, ?)',
          `${status}${action}${number}`,
          status,
          action,
          1,
        )
      }
    }
    insert('succeeded', 'core.noop', 30)
    insert('succeeded', 'core.rare', 1)
    insert('failed', 'core.noop', 2)
    const plan = (status: string, action: string) =>
      planOf([eq('status', status), eq('action', action)], NEWEST_FIRST).join()
    expect(plan('succeeded', 'core.rare')).toContain('execution__action__start_timestamp')
    expect(plan('failed', 'core.noop')).toContain('execution__status__start_timestamp')
  })
})

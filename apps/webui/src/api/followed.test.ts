import { describe, expect, it } from 'vitest'
import { ruleKeys } from './event-keys.ts'
import { type HistoryFilters, NO_FILTERS } from './execution-filters.ts'
import { executionKeys } from './execution-keys.ts'
import { followedBy, type Shown } from './followed.ts'

const ROOT = 'a'.repeat(24)
const TASK = 'b'.repeat(24)
const OTHER = 'c'.repeat(24)

const shown = (queryKey: readonly unknown[], data?: unknown): Shown => ({ queryKey, data })
const list = (filters: Partial<HistoryFilters> = {}) => shown(executionKeys.list({ ...NO_FILTERS, ...filters }, 50))
const run = (id: string, ...below: string[]) =>
  shown(executionKeys.run(id), { byId: new Map(below.map((child) => [child, {}])) })

describe('what the screen follows', () => {
  it('is its run and nothing else where it shows nothing else', () => {
    const { lists, runs } = followedBy([shown(executionKeys.one(ROOT)), run(ROOT), shown(executionKeys.workflow(ROOT))])
    expect([lists, runs?.executions]).toEqual([null, [ROOT]])
    expect(runs?.includeAttributes).toContain('log')
    expect(runs?.includeAttributes, 'tasks of a run are shown without them').not.toContain('parameters')
  })

  it('is both runs of a comparison', () => {
    expect(followedBy([shown(executionKeys.one(ROOT)), shown(executionKeys.one(OTHER))]).runs?.executions).toEqual([
      ROOT,
      OTHER,
    ])
  })

  it('names no task of a run that is followed anyway', () => {
    const nested = run(TASK, OTHER)
    expect(followedBy([run(ROOT, TASK), nested, shown(executionKeys.one(OTHER))]).runs?.executions).toEqual([ROOT])
  })

  it('is what is at the top beside it, where a list is shown with it', () => {
    const { lists, runs } = followedBy([list(), shown(executionKeys.one(ROOT)), shown(executionKeys.children(OTHER))])
    expect(lists).toMatchObject({ topLevel: true })
    expect(runs?.executions).toEqual([ROOT, OTHER])
    expect(runs?.includeAttributes, 'rows are made of either').toEqual(lists?.includeAttributes)
  })

  it('is what is at the top where nothing of it is shown, because the next screen may be a list', () => {
    expect(followedBy([])).toEqual(followedBy([list()]))
    expect(followedBy([shown(['actions'])]).runs).toBeNull()
  })

  it('is what is at the top where it is shown what rules did', () => {
    expect(
      followedBy([shown(executionKeys.one(ROOT)), shown([...ruleKeys.enforcements, 'of-rule', 'r'])]).lists,
    ).toEqual(followedBy([]).lists)
  })

  it('has all that the filters look at', () => {
    const attributes = (filters: Partial<HistoryFilters>) => followedBy([list(filters)]).lists?.includeAttributes
    expect(attributes({})).toEqual(expect.arrayContaining(['parameters', 'context', 'rule.name', 'trigger.name']))
    expect(attributes({ q: 'web-1' })).toContain('trigger_instance.payload')
    expect(attributes({ runner: ['noop'] })).toContain('runner.name')
    expect(attributes({ filter: 'result.stdout:x' }), 'a filter may look anywhere').toBeUndefined()
    expect(followedBy([list({ id: [TASK] })]).runs?.executions, 'one below another is listed by its id').toEqual([TASK])
  })

  it('leaves out what is no id: addresses are typed by people', () => {
    expect(followedBy([shown(executionKeys.one('nonsense')), list({ id: ['x'] })]).runs).toBeNull()
  })

  it('asks for no more executions than a subscription may name', () => {
    const many = Array.from({ length: 1200 }, (_, at) => shown(executionKeys.one(at.toString(16).padStart(24, '0'))))
    expect(followedBy(many).runs?.executions).toHaveLength(1000)
  })

  it('is the same whatever the order', () => {
    const parts = [list(), shown(executionKeys.one(ROOT)), shown(executionKeys.one(OTHER))]
    expect(followedBy(parts.toReversed())).toEqual(followedBy(parts))
  })
})

import type { Execution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { type KnownChildren, openIn, pageToLoad, rowsOf } from './history-rows.ts'

const execution = (id: string) => ({ id, status: 'running', start_timestamp: '' }) as Execution
const loaded = (ids: readonly string[], more: Partial<KnownChildren> = {}): KnownChildren => ({
  pages: [{ items: ids.map(execution), total: ids.length, limit: 100 }],
  isPending: false,
  failure: undefined,
  hasMore: false,
  ...more,
})
const tree = (known: Readonly<Record<string, KnownChildren>>, open: readonly string[]) => ({
  isOpen: ({ id }: Execution) => open.includes(id),
  childrenOf: (parent: string) => known[parent],
})
const lines = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => `${'-'.repeat(row.depth)}${row.kind === 'execution' ? row.execution.id : row.kind}`)

describe('children below an open execution (webui.md 17 row 2)', () => {
  it('stand in their order, to any depth', () => {
    const known = { a: loaded(['b', 'c']), b: loaded(['d']), d: loaded(['e']) }
    const rows = rowsOf(execution('a'), tree(known, ['a', 'b', 'd']))
    expect(lines(rows)).toEqual(['a', '-b', '--d', '---e', '-c'])
    expect(openIn(rows)).toEqual(['a', 'b', 'd'])
  })

  it('say that they are being loaded, are none, could not be loaded, or are more', () => {
    const below = (children: KnownChildren | undefined) =>
      lines(rowsOf(execution('a'), tree(children === undefined ? {} : { a: children }, ['a']))).slice(1)
    expect(below(undefined)).toEqual(['-loading'])
    expect(below(loaded([]))).toEqual(['-none'])
    expect(below(loaded(['b'], { failure: 'no' }))).toEqual(['-b', '-failed'])
    expect(below(loaded(['b'], { hasMore: true }))).toEqual(['-b', '-more'])
  })
})

describe('the way down to a child that an address names', () => {
  it('is loaded page by page until the child is there', () => {
    const known = { a: loaded(['b', 'c'], { hasMore: true }), c: loaded(['x'], { hasMore: true }) }
    const childrenOf = (parent: string) => known[parent as keyof typeof known]
    expect(pageToLoad(['a', 'z', 'y'], childrenOf)).toBe('a')
    expect(pageToLoad(['a', 'c', 'y'], childrenOf)).toBe('c')
    expect(pageToLoad(['a', 'c', 'x'], childrenOf)).toBeUndefined()
  })
})

import { describe, expect, it, vi } from 'vitest'
import { valueAtPath, pathSteps } from './json-path.ts'
import { type OutlineEntry, type OutlineReader, OutlineTree } from './outline-tree.ts'

const VALUE = { name: 'all', hosts: Array.from({ length: 1000 }, (_, index) => ({ id: index })), empty: [] }

/** Answers as the server does. */
const reader = (value: unknown): OutlineReader => ({
  outline: (path, offset, limit) => {
    const here = valueAtPath(value, pathSteps(path))
    const entries = Object.entries(here as object).slice(offset, offset + limit)
    const children = entries.map(([key, item]) => entryOf(Array.isArray(here) ? Number(key) : key, item))
    return Promise.resolve({ ...entryOf('', here), children })
  },
  text: (path) => Promise.resolve(JSON.stringify(valueAtPath(value, pathSteps(path)))),
})
const entryOf = (key: string | number, item: unknown): OutlineEntry => ({
  key,
  type: Array.isArray(item) ? 'array' : (typeof item as OutlineEntry['type']),
  count: typeof item === 'object' ? Object.keys(item as object).length : typeof item === 'string' ? item.length : null,
  preview: typeof item === 'object' ? '' : String(item),
  is_whole: true,
})
const treeOf = (value: unknown) =>
  new OutlineTree(reader(value), [], { type: 'object', count: Object.keys(value as object).length })
const shown = (tree: OutlineTree) =>
  Array.from({ length: tree.count }, (_, index) => tree.row(index)).map(
    (row) => `${' '.repeat(row?.depth ?? 0)}${row?.label ?? ''}=${row?.text}`,
  )
const idOf = (tree: OutlineTree, label: string) =>
  Array.from({ length: tree.count }, (_, index) => tree.row(index)).find((row) => row?.label === label)?.id ?? -1

describe('OutlineTree', () => {
  it('asks for what is opened, and says that it waits', async () => {
    const tree = treeOf(VALUE)
    expect(shown(tree)).toEqual(['=3 keys', ' =loading …'])
    await vi.waitFor(() => expect(shown(tree)).toEqual(['=3 keys', ' name="all"', ' hosts=1,000 items', ' empty=[]']))
    tree.toggle(idOf(tree, 'hosts'))
    expect(shown(tree).slice(2, 5)).toEqual([' hosts=1,000 items', '  0 … 199=', '  200 … 399='])
    tree.toggle(idOf(tree, '200 … 399'))
    await vi.waitFor(() => expect(tree.count).toBe(209))
    tree.toggle(idOf(tree, '201'))
    await vi.waitFor(() => expect(shown(tree)[7]).toBe('    id=201'))
    const id = idOf(tree, 'id')
    expect([tree.path(id), tree.expression(id)]).toEqual(['$.hosts[201].id', 'hosts[201].id'])
    expect(await tree.text(id)).toBe('201')
    tree.toggle(idOf(tree, 'hosts'))
    expect(tree.count).toBe(4)
  })

  it('says why something could not be opened', async () => {
    const failing = { ...reader(VALUE), outline: () => Promise.reject(new Error('it is gone')) }
    const tree = new OutlineTree(failing, [], { type: 'object', count: 3 })
    await vi.waitFor(() => expect(shown(tree)).toEqual(['=3 keys', ' =it is gone']))
  })
})

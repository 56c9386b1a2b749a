import { describe, expect, it } from 'vitest'
import { JsonTreeModel, RANGE } from './json-rows.ts'

const shown = (model: JsonTreeModel) =>
  model.rowsBetween(0, model.count).map((row) => `${' '.repeat(row.depth)}${row.label ?? ''}=${row.text}`)

describe('JsonTreeModel', () => {
  it('opens a small value completely', () => {
    const model = new JsonTreeModel({ a: 1, b: { c: 'x', d: [true, null] } })
    expect(shown(model)).toEqual(['=2 keys', ' a=1', ' b=2 keys', '  c="x"', '  d=2 items', '   0=true', '   1=null'])
  })

  it('closes and opens a node again', () => {
    const model = new JsonTreeModel({ a: { b: 1 }, c: 2 })
    const row = model.rowsBetween(1, 2)[0]
    expect(row?.open).toBe(true)
    model.toggle(row?.id ?? -1)
    expect(shown(model)).toEqual(['=2 keys', ' a=1 key', ' c=2'])
    model.toggle(row?.id ?? -1)
    expect(model.count).toBe(4)
  })

  it('cuts a long list into ranges and finds rows in them', () => {
    const model = new JsonTreeModel(Array.from({ length: 1000 }, (_, index) => index))
    expect(model.count).toBe(1 + 1000 / RANGE)
    const range = model.rowsBetween(2, 3)[0]
    expect(range?.label).toBe(`${RANGE} … ${2 * RANGE - 1}`)
    model.toggle(range?.id ?? -1)
    expect(model.rowsBetween(3, 4)[0]).toMatchObject({ label: String(RANGE), text: String(RANGE) })
  })

  it('knows the way to a row', () => {
    const model = new JsonTreeModel({ items: [{ 'a-b': 1 }] })
    const leaf = model.rowsBetween(3, 4)[0]
    expect(model.stepsOf(leaf?.id ?? -1)).toEqual(['items', 0, 'a-b'])
  })

  it('shows zero, false, null and empty containers as themselves', () => {
    const model = new JsonTreeModel({ z: 0, f: false, n: null, l: [], o: {}, s: '' })
    expect(shown(model).slice(1)).toEqual([' z=0', ' f=false', ' n=null', ' l=[]', ' o={}', ' s=""'])
  })
})

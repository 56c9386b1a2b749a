import { expect, it } from 'vitest'
import { inOrder, placesAfterMove } from './parameter-order.ts'

const parameters = [
  { name: 'a', schema: { position: 2 } },
  { name: 'b', schema: { position: 0 } },
  { name: 'c', schema: { position: 1 } },
  { name: 'd', schema: {} },
]
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join('')

it('shows parameters by their positions, those without one last', () => {
  expect(names(inOrder(parameters))).toBe('bcad')
})

it('moves a parameter among those that are shown, whatever the order of the file', () => {
  const after = (from: number, to: number) => {
    const places = placesAfterMove(inOrder(parameters), from, to)
    return names(inOrder(parameters.map(({ name }) => ({ name, schema: { position: places.get(name) ?? -1 } }))))
  }
  expect(after(1, 0)).toBe('cbad')
  expect(after(2, 1)).toBe('bacd')
  expect(after(0, 3)).toBe('cadb')
})

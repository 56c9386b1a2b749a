import { expect, it } from 'vitest'
import { placeInYaml } from './place-in-yaml.ts'

const text = `---
name: x
parameters:
  a:
    type: string
    enum:
      - one
      - two
  "b":
    type: strin
    items: {type: x}
notify:
- routes:
    - y
name: twice
`

it.each([
  [['parameters'], 3],
  [['parameters', 'a', 'type'], 5],
  [['parameters', 'a', 'enum', 1], 8],
  [['parameters', 'b', 'type'], 10],
  [['parameters', 'b', 'items', 'type'], 11],
  [['parameters', 'a', 'missing'], 4],
  [['missing'], 1],
  [['name'], 15],
  [['notify', 0, 'routes'], 13],
  [[], 1],
])('finds %j in line %d', (path, line) => {
  expect(placeInYaml(text, path).line).toBe(line)
})

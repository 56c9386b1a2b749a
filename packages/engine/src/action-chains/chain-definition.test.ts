import { describe, expect, it } from 'vitest'
import { findTask, parseChain, startTask } from './chain-definition.ts'

function chain(tasks: string, rest = ''): string {
  return `chain:\n${tasks}${rest}`
}

describe('the task that a chain begins with', () => {
  const three =
    '  - {name: b, ref: p.a, on-success: c}\n  - {name: a, ref: p.a, on-failure: b}\n  - {name: c, ref: p.a}\n'

  it.each([
    ['the default', chain(three, 'default: c\n'), 'c'],
    ['else the first that no other leads to', chain(three), 'a'],
    ['else the first', chain('  - {name: x, ref: p.a, on-success: y}\n  - {name: y, ref: p.a, on-success: x}\n'), 'x'],
    ['none of none', 'chain: []\n', undefined],
  ])('is %s', (_which, text, name) => {
    expect(startTask(parseChain(text, 'f'))?.name).toBe(name)
  })
})

describe('a definition', () => {
  it('gives the first of two tasks with one name, and takes params for parameters', () => {
    const parsed = parseChain(chain('  - {name: a, ref: p.one, params: {x: 1}}\n  - {name: a, ref: p.two}\n'), 'f')
    expect(findTask(parsed, 'a')).toMatchObject({ ref: 'p.one', params: { x: 1 } })
    expect(findTask(parsed, 'b')).toBeNull()
  })

  it('may name tasks by templates, which are found wanting only when they are reached', () => {
    expect(() => parseChain(chain("  - {name: a, ref: p.a, on-success: '{{ next }}'}\n"), 'f')).not.toThrow()
  })

  it.each([
    ['chain: 5\n', "5 is not of type 'array'"],
    ['{}\n', "'chain' is a required property"],
    ['chain: []\nother: 1\n', "Additional properties are not allowed ('other' was unexpected)"],
    [chain('  - {name: a}\n'), "'ref' is a required property"],
    [chain('  - {name: a, ref: p.a, on-success: null}\n'), "None is not of type 'string'"],
  ])('is refused with the place of the fault: %j', (text, reason) => {
    expect(() => parseChain(text, 'chains/f.yaml')).toThrow(
      `Failed to parse action chain definition from "chains/f.yaml": ${reason}`,
    )
  })
})

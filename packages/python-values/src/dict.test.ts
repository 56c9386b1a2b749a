import { describe, expect, it } from 'vitest'
import { dictFrom, entriesOf, getKey, hasKey, makeFloat, parseLiteral, PyTuple, repr, toJsonValue } from './index.ts'

describe('dicts', () => {
  it('are plain objects where keys are text', () => {
    expect(
      dictFrom([
        ['b', 1],
        ['a', 2],
      ]),
    ).toEqual({ b: 1, a: 2 })
  })

  it('keep the order of keys that look like numbers', () => {
    expect(
      repr(
        dictFrom([
          ['10', 1],
          ['9', 2],
        ]),
      ),
    ).toBe("{'10': 1, '9': 2}")
  })

  it('take equal numbers for one key and keep the first spelling', () => {
    const dict = dictFrom([
      [1, 'int'],
      [true, 'bool'],
      [makeFloat(1), 'float'],
    ])
    expect(entriesOf(dict)).toEqual([[1, 'float']])
    expect(getKey(dict, makeFloat(1))).toBe('float')
  })

  it('find tuples by content', () => {
    const dict = dictFrom([[PyTuple.from([1, 'a']), 'x']])
    expect(getKey(dict, PyTuple.from([1, 'a']))).toBe('x')
    expect(hasKey(dict, PyTuple.from(['1', 'a']))).toBe(false)
  })

  it('never answer from a prototype', () => {
    expect(hasKey({}, 'toString')).toBe(false)
    expect(getKey({}, '__proto__')).toBeUndefined()
  })

  it('hold a key named __proto__ without changing their prototype', () => {
    const dict = parseLiteral("{'__proto__': {'polluted': 1}}")
    expect(repr(dict)).toBe("{'__proto__': {'polluted': 1}}")
    const plain = toJsonValue(dict)
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype)
    expect(JSON.stringify(plain)).toBe('{"__proto__":{"polluted":1}}')
  })
})

describe('toJsonValue', () => {
  it('unwraps what JSON has no kinds for', () => {
    const value = dictFrom([[1, PyTuple.from([makeFloat(2), 2n ** 70n])]])
    expect(toJsonValue(value)).toEqual({ '1': [2, 2 ** 70] })
  })

  it('refuses host values', () => {
    expect(() => toJsonValue([new Date(0)])).toThrow('is not JSON serializable')
  })
})

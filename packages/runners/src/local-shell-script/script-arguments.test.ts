import type { ParameterSchemas } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { makeRequest } from '../../test/requests.ts'
import { scriptArguments } from './script-arguments.ts'

const argumentsOf = (
  parameters: ParameterSchemas,
  action_parameters: Record<string, unknown>,
  kwargOp = '--',
): string[] =>
  scriptArguments(
    makeRequest('local-shell-script', {
      action: { ref: 'tests.action', pack: 'tests', name: 'action', parameters },
      action_parameters,
    }),
    kwargOp,
  )

describe('positional arguments', () => {
  it.each([
    ['string', 'a b', 'a b'],
    ['string', null, ''],
    ['string', '', ''],
    ['number', 0, '0'],
    ['number', 1.5, '1.5'],
    ['number', null, ''],
    ['boolean', true, '1'],
    ['boolean', false, '0'],
    ['boolean', null, ''],
    ['array', ['a', null, false, 2, { a: 1 }], "a,None,False,2,{'a': 1}"],
    ['array', [], ''],
    ['array', null, ''],
    ['object', { a: 1, b: [true] }, '{"a":1,"b":[true]}'],
    ['object', {}, ''],
    ['null', null, ''],
    ['integer', 5, '5'],
    ['integer', 0, ''],
    ['integer', null, ''],
    [undefined, 'x', 'x'],
    [undefined, 0, ''],
  ] as const)('of type %s render %j as %j', (type, value, text) => {
    const schema = type === undefined ? { position: 0 } : { type, position: 0 }
    expect(argumentsOf({ p: schema }, { p: value })).toEqual([text])
  })

  it('come in the order of their positions, a missing one keeping its place', () => {
    const parameters: ParameterSchemas = {
      c: { type: 'string', position: 3 },
      a: { type: 'string', position: 1 },
      b: { type: 'string', position: 2 },
    }
    expect(argumentsOf(parameters, { a: '1', c: '3' })).toEqual(['1', '', '3'])
  })
})

describe('named arguments', () => {
  it.each([
    ['x y', ['--n=x y']],
    ['', []],
    [null, []],
    [true, ['--n']],
    [false, []],
    [0, ['--n=0']],
    [[1, 'q', null], ["--n=[1, 'q', None]"]],
    [{ k: 'v' }, ["--n={'k': 'v'}"]],
  ])('render %j as %j', (value, words) => {
    expect(argumentsOf({ n: { type: 'string' } }, { n: value })).toEqual(words)
  })

  it('stand before positional ones, in the order of the parameters, behind the given operator', () => {
    const parameters: ParameterSchemas = {
      first: { type: 'string', position: 0 },
      b: { type: 'string' },
      a: { type: 'string' },
    }
    expect(argumentsOf(parameters, { first: 'f', b: '1', a: '2' }, '-')).toEqual(['-b=1', '-a=2', 'f'])
  })

  it('refuse a NUL character and name the parameter', () => {
    expect(() => argumentsOf({ n: { type: 'string' } }, { n: 'a\0b' })).toThrow('"n"')
  })
})

import { expect, it } from 'vitest'
import { effectiveParameters } from './effective-parameters.ts'

const runner = {
  cmd: { type: 'string', description: 'Command.' },
  sudo: { type: 'boolean', default: false },
  env: { type: 'object', default: { a: 1 } },
} as const

it('lets the action win attribute by attribute, and keeps the rest of the runner’s', () => {
  expect(
    effectiveParameters(runner, { cmd: { required: true }, sudo: { immutable: true }, n: { type: 'integer' } }),
  ).toEqual({
    cmd: { type: 'string', description: 'Command.', required: true },
    sudo: { type: 'boolean', default: false, immutable: true },
    env: { type: 'object', default: { a: 1 } },
    n: { type: 'integer' },
  })
})

it('keeps immutable what the runner made immutable', () => {
  expect(effectiveParameters({ a: { immutable: true } }, { a: { immutable: false } })).toEqual({
    a: { immutable: true },
  })
})

it('merges objects key by key, and an empty one replaces', () => {
  expect(effectiveParameters(runner, { env: { default: { b: 2 } } })['env']?.default).toEqual({ a: 1, b: 2 })
  expect(effectiveParameters(runner, { env: { default: {} } })['env']?.default).toEqual({})
})

it('changes neither of its arguments, and keeps odd names', () => {
  const action = Object.fromEntries([['__proto__', { type: 'string' as const }]])
  expect(Object.keys(effectiveParameters(runner, action))).toContain('__proto__')
  expect(runner.env.default).toEqual({ a: 1 })
})

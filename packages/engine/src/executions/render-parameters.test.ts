import { platformEnvironment } from '@st2/expressions'
import type { ParameterSchemas } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { renderFinal, renderRequested, type RenderScope } from './render-parameters.ts'

function scope(action: ParameterSchemas, runner: ParameterSchemas = {}, contexts = {}): RenderScope {
  const names = {
    contexts: { action_context: { user: 'ann' }, ...contexts },
    environment: platformEnvironment,
    configSecrets: [{ key: 'token', text: 's3cret' }],
  }
  return { action, runner, effective: { ...runner, ...action }, names }
}

const ECHO: ParameterSchemas = {
  message: { type: 'string', required: true },
  cmd: { type: 'string', required: true, immutable: true, default: 'echo "{{message}}"' },
}

describe('renderRequested', () => {
  it('answers what was supplied, and no plain default', () => {
    const { values } = renderRequested(scope({ a: { type: 'integer' }, b: { default: 'x' } }), { a: '5' })
    expect(values).toEqual({ a: 5 })
  })

  it('adds a default that is a template, unless it is immutable', () => {
    const own = scope({ name: { type: 'string' }, greeting: { type: 'string', default: 'hi {{ name }}' } })
    expect(renderRequested(own, { name: 'ann' }).values).toEqual({ name: 'ann', greeting: 'hi ann' })
    expect(renderRequested(scope(ECHO), { message: 'x' }).values).toEqual({ message: 'x' })
  })

  it('renders in the order of dependencies', () => {
    const { values } = renderRequested(scope({ a: {}, b: {}, c: {} }), { a: '{{ b }}!', b: '{{ c }}?', c: 'x' })
    expect(values).toEqual({ a: 'x?!', b: 'x?', c: 'x' })
  })

  it('lets templates use the contexts, and a parameter shadow one', () => {
    expect(renderRequested(scope({ a: {} }), { a: '{{ action_context.user }}' }).values).toEqual({ a: 'ann' })
    const shadowing = renderRequested(scope({ a: {}, action_context: {} }), {
      a: '{{ action_context }}',
      action_context: 'mine',
    })
    expect(shadowing.values['a']).toBe('mine')
  })

  it('keeps native types inside lists and objects when nothing else stands in the quotes', () => {
    const supplied = { n: 5, list: ['{{n}}', '{{ n }}', 'a{{n}}'] }
    expect(
      renderRequested(scope({ n: { type: 'integer' }, list: { type: 'array' } }), supplied).values['list'],
    ).toEqual([5, '5', 'a5'])
  })

  it('takes broken templates for literal text', () => {
    expect(renderRequested(scope({ cmd: {} }), { cmd: 'echo {{ 1 + }}' }).values).toEqual({ cmd: 'echo {{ 1 + }}' })
  })

  it.each([
    [{ a: '{{ nosuch }}' }, 'Dependency unsatisfied in variable "nosuch"'],
    [
      { a: '{{ b }}', b: '{{ a }}' },
      'Cyclic dependency found in the following variables: a, b. Likely the variable is referencing itself',
    ],
    [{ a: '{{ action_context.nope }}' }, "Failed to render parameter \"a\": 'dict object' has no attribute 'nope'"],
  ])('refuses %j', (supplied, message) => {
    expect(() => renderRequested(scope({ a: {}, b: {} }), supplied)).toThrow(message)
  })

  it('never renders the values of an earlier execution again', () => {
    const earlier = { values: { cmd: 'echo {{ nosuch }}' }, secret: [] }
    expect(renderRequested(scope({ cmd: {} }), {}, earlier).values).toEqual({ cmd: 'echo {{ nosuch }}' })
  })

  it('calls what was made from a secret a secret', () => {
    const own = scope({ password: { secret: true }, cmd: {}, more: {}, plain: {} })
    const supplied = { password: 'x', cmd: 'login {{ password }}', more: '{{ cmd }}', plain: 'y' }
    expect([...renderRequested(own, supplied).tainted].sort()).toEqual(['cmd', 'more'])
  })
})

describe('what was made from a secret of the configuration', () => {
  const own = scope({ a: {}, b: {}, c: {} }, {}, { config_context: { token: 's3cret', all: ['s3cret'] } })

  it.each([
    [{ a: '{{ config_context.token }}' }, ['a']],
    [{ a: '{{ config_context.token | upper }}' }, ['a']],
    [{ a: '{{ config_context.all }}' }, ['a']],
    [{ a: '{{ config_context.token | length }}', b: '{{ a }}', c: 'plain' }, ['a', 'b']],
    [{ a: '{{ 1 + 1 }}' }, []],
  ])('%j taints %j', (supplied, expected) => {
    expect([...renderRequested(own, supplied).tainted].sort()).toEqual(expected)
  })
})

describe('renderFinal', () => {
  it('gives every declared parameter a value and divides them between runner and action', () => {
    const runner = {
      cmd: { type: 'string' },
      timeout: { type: 'integer', default: 60 },
      sudo: { default: false },
    } as const
    expect(renderFinal(scope(ECHO, runner), { message: 'hi' })).toEqual({
      runner: { cmd: 'echo "hi"', timeout: 60, sudo: false },
      action: { message: 'hi' },
    })
  })

  it('does not render what was stored', () => {
    const stored = { cmd: 'echo {{ 7 * 7 }}' }
    expect(renderFinal(scope({ cmd: { type: 'string' } }), stored).action).toEqual({ cmd: 'echo {{ 7 * 7 }}' })
  })

  it('lets a null fall through to the default, the action first', () => {
    const both = scope({ a: { default: 'action' }, b: {} }, { a: { default: 'runner' }, b: { default: 'runner' } })
    expect(renderFinal(both, { a: null, b: null }).runner).toEqual({ a: 'action', b: 'runner' })
  })
})

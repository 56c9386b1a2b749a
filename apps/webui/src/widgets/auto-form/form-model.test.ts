import type { ParameterSchema, ParameterSchemas } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { entryOf, fieldsOf, type FormField, readField, readForm } from './form-model.ts'

const field = (schema: ParameterSchema): FormField => {
  const made = fieldsOf({ it: schema })[0]
  if (made === undefined) throw new Error('an immutable parameter has no field')
  return made
}
const read = (schema: ParameterSchema, text: string) => readField(field(schema), { text, isExpression: false })

describe('fields', () => {
  it('stand by position, then required ones, then by name; immutable ones are left out', () => {
    const parameters: ParameterSchemas = {
      zeta: {},
      alpha: {},
      must: { required: true },
      second: { position: 1 },
      first: { position: 0 },
      fixed: { immutable: true },
    }
    expect(fieldsOf(parameters).map(({ name }) => name)).toEqual(['first', 'second', 'must', 'alpha', 'zeta'])
  })

  it.each<[ParameterSchema, string]>([
    [{ type: 'string' }, 'string'],
    [{}, 'string'],
    [{ type: ['integer', 'null'] }, 'integer'],
    [{ type: 'string', enum: ['a'] }, 'enum'],
    [{ type: 'array' }, 'list'],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, 'choices'],
    [{ type: 'boolean', secret: true }, 'string'],
  ])('of schema %j are edited as %s', (schema, kind) => {
    expect(field(schema).kind).toBe(kind)
  })

  it('never show the default of a secret', () => {
    expect(field({ type: 'string', secret: true, default: 'hunter2' }).defaultText).toBeNull()
    expect(field({ type: 'integer', default: 0 }).defaultText).toBe('0')
  })
})

describe('what is typed', () => {
  it.each<[ParameterSchema, string, unknown]>([
    [{ type: 'string' }, ' as typed ', ' as typed '],
    [{ type: ['string', 'integer'] }, '4', 4],
    [{ type: ['string', 'integer'] }, '*/4', '*/4'],
    [{ type: 'string' }, '4', '4'],
    [{ type: 'integer', maximum: 3 }, '{{ trigger.n }}', '{{ trigger.n }}'],
    [{ type: 'string', maxLength: 3 }, 'n is {{ trigger.n }}', 'n is {{ trigger.n }}'],
    [{ type: 'integer' }, '0', 0],
    [{ type: 'integer' }, ' -7 ', -7],
    [{ type: 'number' }, '1.5', 1.5],
    [{ type: 'boolean' }, 'false', false],
    [{ type: 'integer', enum: [1, 2] }, '2', 2],
    [{ type: 'array' }, 'a, b\nc', ['a', 'b', 'c']],
    [{ type: 'array', items: { type: 'integer' } }, '1,2', [1, 2]],
    [{ type: 'array' }, '[1, {"a": 2}]', [1, { a: 2 }]],
    [{ type: 'object' }, '{"a": {"b": []}}', { a: { b: [] } }],
  ])('under %j, %j means %j', (schema, text, value) => {
    expect(read(schema, text)).toEqual({ kind: 'value', value })
  })

  it.each<ParameterSchema>([
    { type: 'integer' },
    { type: 'boolean' },
    { type: 'object' },
    { type: 'string', enum: ['a'] },
  ])('may be an expression under %j', (schema) => {
    expect(read(schema, '{{ st2kv.system.x }}')).toEqual({ kind: 'value', value: '{{ st2kv.system.x }}' })
    expect(read(schema, '<% $.x %>')).toEqual({ kind: 'value', value: '<% $.x %>' })
  })

  it.each<[ParameterSchema, string]>([
    [{ type: 'integer' }, '1.5'],
    [{ type: 'number' }, 'x'],
    [{ type: 'string', enum: ['a'] }, 'b'],
    [{ type: 'array', items: { type: 'integer' } }, '1,x'],
    [{ type: 'array' }, '[1'],
    [{ type: 'object' }, '[1]'],
    [{ type: 'object' }, '{a: 1}'],
    [{ type: 'integer', minimum: 1, maximum: 5 }, '6'],
    [{ type: 'string', minLength: 3 }, 'ab'],
    [{ type: 'string', pattern: '^a+$' }, 'b'],
    [{ type: 'object', properties: { a: { type: 'integer', required: true } } }, '{}'],
  ])('under %j, %j is refused with a reason', (schema, text) => {
    expect(read(schema, text)).toMatchObject({ kind: 'invalid', reason: expect.stringMatching(/./) })
  })

  it('does not repeat a secret in its error', () => {
    const result = read({ type: 'string', secret: true, minLength: 20 }, 'hunter2')
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})

describe('a form', () => {
  const fields = fieldsOf({
    cmd: { type: 'string', required: true },
    timeout: { type: 'integer', default: 60 },
    key: { secret: true, required: true },
  })

  it('sends only what was filled in and names what is missing', () => {
    const entries = { timeout: { text: '5', isExpression: false } }
    expect(readForm(fields, entries)).toEqual({
      values: { timeout: 5 },
      errors: { cmd: 'parameter is required', key: 'parameter is required' },
    })
  })

  it('lets required ones stay empty when the server has them', () => {
    const entries = { cmd: { text: 'date', isExpression: false } }
    expect(readForm(fields, entries, new Set(['key']))).toEqual({ values: { cmd: 'date' }, errors: {} })
  })

  it('starts from given values so that reading gives them back', () => {
    const all = fieldsOf({
      n: { type: 'integer' },
      b: { type: 'boolean' },
      o: { type: 'object' },
      l: { type: 'array' },
      e: { enum: ['x', 1] },
    })
    const values = { n: 0, b: false, o: { a: [1] }, l: ['x,y', 2], e: 1 }
    const entries = Object.fromEntries(
      all.map((one) => [one.name, entryOf(one, values[one.name as keyof typeof values])]),
    )
    expect(readForm(all, entries)).toEqual({ values, errors: {} })
  })

  it('takes no expressions as answers, and says that one is missing', () => {
    const fields = fieldsOf({ count: { type: 'integer', required: true }, go: { required: true } }, 'answer')
    expect(readForm(fields, { count: { text: '{{ 1 }}', isExpression: false } }).errors).toEqual({
      count: "'{{ 1 }}' is not an integer",
      go: 'An answer is required',
    })
  })
})

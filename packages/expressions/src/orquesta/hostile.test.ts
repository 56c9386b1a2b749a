import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../test/cpu-time.ts'
import { ExpressionLimitError } from '../limits.ts'
import { MissingAnswerError } from './look-ups.ts'
import { LookUpAnswers } from './look-ups.ts'
import { WorkflowExpressions } from './workflow-expressions.ts'

const expressions = new WorkflowExpressions()
const LAUGHS = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [`y${at}`, `<% ctx(y${at + 1}) %><% ctx(y${at + 1}) %>`]),
)
const JINJA_LAUGHS = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [`j${at}`, `{{ ctx('j${at + 1}') }}{{ ctx('j${at + 1}') }}`]),
)
const DATA = {
  a: 1,
  self: '<% ctx(self) %>',
  jself: "{{ ctx('jself') }}",
  jblock: "{% if true %}{{ ctx('jblock') }}{% endif %}",
  grow: "{{ ctx('grow') }}x",
  ...LAUGHS,
  y40: 'ha',
  ...JINJA_LAUGHS,
  j40: 'ha',
  st2: { user: 'stanley' },
}

function error(text: string): unknown {
  try {
    return expressions.evaluate(text, DATA)
  } catch (caught) {
    return caught
  }
}

describe('hostile fields of workflows', () => {
  it.each([
    ['<% ctx(self) %>', 'depth'],
    ["{{ ctx('jself') }}", 'depth'],
    ["{{ ctx('jblock') }}", 'depth'],
    ["{{ ctx('grow') }}", 'depth'],
    ['<% ctx(y0) %>', 'steps'],
    ["{{ ctx('j0') }}", 'steps'],
    ['<% range(1000000000).len() %>', 'steps'],
    ['{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}', 'steps'],
  ])('%s stops at its limit of %s within two seconds', (text, limit) => {
    const start = cpuMs()
    const caught = error(text)
    expect(caught).toBeInstanceOf(ExpressionLimitError)
    expect(caught).toMatchObject({ limit, message: expect.stringContaining(`): ${text}`) })
    expect(cpuMs() - start).toBeLessThan(2_000)
  })

  it.each([
    ['{{ ctx.constructor }}', 'There are unresolved variables: ctx.constructor'],
    ["{{ ctx('constructor') }}", 'The variable "constructor" is undefined.'],
    ['<% ctx(constructor) %>', 'The variable "constructor" is undefined.'],
    ['<% ctx(toString) %>', 'The variable "toString" is undefined.'],
    ['<% ctx().hasOwnProperty %>', "Unable to resolve key 'hasOwnProperty'"],
    ["{{ ctx('__proto__') }}", 'The variable "__proto__" is undefined.'],
    ["<% ctx('__proto__') %>", 'The variable "__proto__" is undefined.'],
  ])('%s reaches nothing of the host', (text, message) => {
    const caught = error(text)
    expect(String(caught)).toContain(message)
  })

  it('finds expressions in long texts without end in linear time', () => {
    const start = cpuMs()
    for (const mark of ['<%', '{{', '{%', '<% ctx(', "{{ ctx('"]) {
      const text = mark.repeat(200_000)
      expect(expressions.has(text)).toBe(false)
      expect(expressions.variables(text)).toEqual([])
    }
    expect(expressions.has('{% raw %}'.repeat(200_000))).toBe(true)
    expect(cpuMs() - start).toBeLessThan(2_000)
  })

  it('explains an error about long rows of quotes in linear time', () => {
    const start = cpuMs()
    expect(() => expressions.evaluate('<% int(ctx(q)) %>', { q: `${"'".repeat(200_000)}x` })).toThrow('ValueError')
    expect(cpuMs() - start).toBeLessThan(2_000)
  })

  it('never renders data', () => {
    expect(expressions.evaluate('<% ctx(v) %>', { v: '{{ 1 + 1 }}' })).toBe('{{ 1 + 1 }}')
    expect(expressions.evaluate({ k: ['<% ctx(v) %>'] }, { v: { x: '<% 1 + 1 %>' } })).toEqual({
      k: [{ x: '<% 1 + 1 %>' }],
    })
  })
})

describe('look-ups of a field', () => {
  it('end the evaluation until they are answered', () => {
    const answers = new LookUpAnswers()
    const evaluate = (): unknown =>
      expressions.evaluate("{{ st2kv('system.a') }}-{{ st2kv('b', decrypt=true) }}", DATA, {
        lookUp: (request) => answers.find(request),
      })
    const asked: unknown[] = []
    for (let round = 0; round < 5; round++) {
      try {
        expect(evaluate()).toBe('1-2')
        break
      } catch (caught) {
        if (!(caught instanceof MissingAnswerError)) throw caught
        asked.push(caught.request)
        answers.add(caught.request, { kind: 'value', value: String(answers.size + 1) })
      }
    }
    expect(asked).toEqual([
      { source: 'st2kv', user: 'stanley', key: 'system.a', decrypt: false },
      { source: 'st2kv', user: 'stanley', key: 'b', decrypt: true },
    ])
  })

  it('are asked for by their error where a caller answers none', () => {
    expect(error("<% st2kv('x') %>")).toBeInstanceOf(MissingAnswerError)
  })
})

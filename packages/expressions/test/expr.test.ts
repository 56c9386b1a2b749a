import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { isPlainObject } from '@st2/python-values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_LINE_LENGTH } from '../bin/bounded-lines.ts'
import { ExprProcess } from './expr-process.ts'

let program: ExprProcess
beforeAll(() => {
  program = new ExprProcess()
})
afterAll(() => program.end())

interface Request {
  language?: 'yaql' | 'jinja'
  layer?: 'orquesta' | 'platform' | 'plain'
  context?: unknown
}

async function ask(
  expression: unknown,
  { language = 'yaql', layer = 'plain', context = {} }: Request = {},
): Promise<unknown> {
  const answer = await program.ask(JSON.stringify({ id: 1, language, layer, expression, context }))
  expect(answer.id).toBe(1)
  return answer.value ?? { error: answer.error }
}

/** The answer as it is written: JSON read again has lost the kinds of numbers. */
async function written(
  expression: string,
  context: string,
  { language = 'yaql', layer = 'plain' }: Request = {},
): Promise<string> {
  const request = `{"id": 1, "language": "${language}", "layer": "${layer}", "expression": ${JSON.stringify(expression)}, "context": ${context}}`
  return program.askText(request)
}

describe('npm run expr', () => {
  describe('in the layer plain', () => {
    it('evaluates a bare expression of YAQL, $ being the context', async () => {
      expect(await ask('$.l.where($ > 1).select($ * 2)', { context: { l: [1, 2, 3] } })).toEqual([4, 6])
      expect(await ask('$', { context: [1, 2] })).toEqual([1, 2])
    })

    it('knows the standard library of YAQL only', async () => {
      expect(await ask('ctx(a)', { context: { a: 1 } })).toEqual({
        error: 'NoFunctionRegisteredException: Unknown function "ctx"',
      })
    })

    it('renders a template of Jinja to text, with built-in filters and strict names only', async () => {
      const options: Request = { language: 'jinja', context: { l: [1, 2] } }
      expect(await ask("{% for x in l %}\n{{ x }},\n{% endfor %}\n{{ l | join('+') }}", options)).toBe('1,\n2,\n1+2')
      expect(await ask('{{ zz }}', options)).toEqual({ error: "UndefinedError: 'zz' is undefined" })
      expect(await ask('{{ l | to_json_string }}', options)).toEqual({
        error: "TemplateAssertionError: No filter named 'to_json_string'.",
      })
    })
  })

  describe('in the layer platform', () => {
    const options: Request = { language: 'jinja', layer: 'platform', context: { l: [1, 2] } }

    it('has the filters of the platform, those of YAML too', async () => {
      expect(await ask('{{ l | to_json_string }}', options)).toBe('[1,2]')
      expect(await ask('{{ {"a": l} | to_yaml_string }}', options)).toBe('a:\n- 1\n- 2\n')
    })

    it('cannot decrypt', async () => {
      expect(await ask('{{ l | decrypt_kv }}', options)).toEqual({
        error: "TemplateAssertionError: No filter named 'decrypt_kv'.",
      })
    })

    it('has no YAQL', async () => {
      expect(await ask('1', { layer: 'platform' })).toEqual({
        error: "InvalidRequest: language: the layer 'platform' has jinja only",
      })
    })
  })

  describe('in the layer orquesta', () => {
    const context = {
      a: 1,
      d: { b: [1, 2] },
      __current_item: { name: 'i1' },
      __current_task: { id: 't', route: 0, result: 5 },
    }

    it('evaluates a field of a workflow in both languages', async () => {
      expect(await ask('<% ctx(a) + 1 %>', { layer: 'orquesta', context })).toBe(2)
      expect(await ask("{{ ctx('d') }}", { layer: 'orquesta', language: 'jinja', context })).toEqual({ b: [1, 2] })
      expect(await ask('x<% ctx(d) %>', { layer: 'orquesta', context })).toBe("x{'b': [1, 2]}")
      expect(await ask(['<% item(name) %>', '<% result() %>'], { layer: 'orquesta', context })).toEqual(['i1', 5])
    })

    it('answers a mistake with the class and the text of upstream', async () => {
      expect(await ask('<% ctx().zz %>', { layer: 'orquesta', context })).toEqual({
        error: "YaqlEvaluationException: Unable to resolve key 'zz' in expression '<% ctx().zz %>' from context.",
      })
    })
  })

  it.each([
    ['$.x', '{"x": 1}', '1'],
    ['$.x', '{"x": 1.0}', '1.0'],
    ['$.x', '{"x": 1e+22}', '1e+22'],
    ['$.x', '{"x": 1e2}', '100.0'],
    ['$.x + 1', '{"x": 123456789012345678901234567890}', '123456789012345678901234567891'],
    ['$.x', '{"x": -0}', '0'],
    ['$.x', '{"x": -0.0}', '-0.0'],
    ['$.keys()', '{"2": 0, "1": 0, "__proto__": 0}', '["2", "1", "__proto__"]'],
    ['$.x / 2', '{"x": 4.0}', '2.0'],
    ['$.x / 2', '{"x": 5}', '2'],
    ['{1 => 1, null => 2, true => 3, 2.5 => 4}', 'null', '{"1": 3, "null": 2, "2.5": 4}'],
    ["'é😀'", 'null', String.raw`"\u00e9\ud83d\ude00"`],
  ])('keeps the kind of numbers and the order of keys: %s of %s is %s', async (expression, context, value) => {
    expect(await written(expression, context)).toBe(`{"id": 1, "value": ${value}}`)
  })

  it('writes tuples, sets, views and generators as lists', async () => {
    const options: Request = { language: 'jinja', layer: 'orquesta', context: { d: { a: 1 } } }
    expect(await ask("{{ [ctx('d').items(), range(2), (1, 2), ctx('d') | map('upper')] }}", options)).toEqual([
      [['a', 1]],
      [0, 1],
      [1, 2],
      ['A'],
    ])
    expect(await ask('set(1, 2)')).toEqual(expect.arrayContaining([1, 2]))
    expect(await ask('now()')).toEqual({ error: 'TypeError: Object of type datetime is not JSON serializable' })
  })

  it.each([
    ['no json', null, 'JSONDecodeError: a value was expected at character 0'],
    ['{"id": 1, "expression": "a', null, 'JSONDecodeError: a text without an end at character 24'],
    [String.raw`{"id": "\q"}`, null, 'JSONDecodeError: a text that is no JSON at character 7'],
    ['[1]', null, 'InvalidRequest: a request is a mapping with language, expression, context and layer'],
    ['{"id": "a"}', 'a', 'InvalidRequest: language: one of yaql, jinja was expected'],
    ['{"id": 2, "language": "yaql"}', 2, 'InvalidRequest: layer: one of orquesta, platform, plain was expected'],
    ['{"id": 2, "language": "yaql", "layer": "plain"}', 2, 'InvalidRequest: expression: a text was expected'],
    [
      '{"id": 2, "language": "jinja", "layer": "plain", "expression": "", "context": 1}',
      2,
      'InvalidRequest: context: a mapping was expected',
    ],
    [
      `{"id": 3, "context": ${'['.repeat(600)}`,
      null,
      'JSONDecodeError: nested deeper than 500 levels (MAX_JSON_DEPTH) at character 521',
    ],
  ])('answers bad line %# with an error and goes on', async (line, id, error) => {
    expect(await program.ask(line)).toEqual({ id, error })
    expect(await ask('1 + 1')).toBe(2)
  })

  it('takes long texts, whatever is in them', async () => {
    const text = `é"${String.raw`\"`}\n`.repeat(500_000)
    expect(await ask('$.len()', { context: text })).toBe(text.length)
    expect(await ask('$[0].len()', { context: [text] })).toBe(text.length)
  })

  it('refuses a line that is too long without keeping it', async () => {
    expect(await program.ask(`"${'x'.repeat(MAX_LINE_LENGTH)}"`)).toEqual({
      id: null,
      error: `InvalidRequest: a line is longer than MAX_LINE_LENGTH (${MAX_LINE_LENGTH} characters)`,
    })
    expect(await ask('1 + 1')).toBe(2)
  })

  it.each(['sequence().len()', "'x' * 1000000000", "('a' * 60 + '!') =~ '(a+)+$'"])(
    'ends %s in an error that names its limit',
    async (expression) => {
      const answer = await ask(expression)
      expect(isPlainObject(answer) && answer.error).toMatch(
        /^ExpressionLimitError: the expression exceeds its limit of (?:steps|outputLength) /,
      )
    },
  )

  it('answers every line of a long input and ends with it', async () => {
    const count = 2_000
    const file = fileURLToPath(new URL('../bin/expr.ts', import.meta.url))
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    child.stdin.end(
      Array.from({ length: count }, (_, id) =>
        JSON.stringify({ id, language: 'yaql', layer: 'plain', expression: '$ * 2', context: id }),
      ).join('\n'),
    )
    const lines = (await text(child.stdout)).trimEnd().split('\n')
    expect(await exited).toEqual([0, null])
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      Array.from({ length: count }, (_, id) => ({ id, value: id * 2 })),
    )
  })
})

import { isFloat, PyFloat } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { MissingKeyError } from '../missing-key.ts'
import { evaluateYaql, parseYaql } from './evaluate.ts'
import { YaqlGrammarError, YaqlLexicalError } from './errors.ts'
import { STANDARD_YAQL_FUNCTIONS } from './functions.ts'
import { declare, optional, required, rest } from './resolution/declaration.ts'
import { any, lambda, text } from './resolution/types.ts'
import { YaqlList } from './values/list.ts'

describe('evaluateYaql', () => {
  it.each([
    ['str(3.repeat(2))', 'repeat(3, 2)'],
    ['str(a.repeat())', "repeat('a')"],
    ['let(x => [1, {a => null}].repeat(3)) -> [$x.first(), str($x)].last()', "repeat((1, {'a': None}), 2)"],
    ['str(1.repeat(-3)) + str(1.repeat(0))', 'repeat(1)repeat(1, 0)'],
  ])('shows repeated values with what is left of them: %s is %s', (expression, shown) => {
    expect(evaluateYaql(expression)).toBe(shown)
  })

  it('gives native values', () => {
    expect(evaluateYaql('[1, 2.5, a, null, true, {k => [range(2)]}]')).toEqual([
      1,
      2.5,
      'a',
      null,
      true,
      { k: [[0, 1]] },
    ])
    expect(evaluateYaql('set(1, 2)')).toEqual(new Set([1, 2]))
    expect(evaluateYaql('12345678901234567890')).toBe(12345678901234567890n)
  })

  it('keeps integral floats apart from integers', () => {
    expect(evaluateYaql('2.0')).toEqual(new PyFloat(2))
    expect(isFloat(evaluateYaql('1 + 1.0'))).toBe(true)
    expect(evaluateYaql('1 + 1')).toBe(2)
  })

  it('gives a Map where a key is no text', () => {
    expect(evaluateYaql('{1 => a}')).toEqual(new Map([[1, 'a']]))
  })

  it('sees data and variables', () => {
    const context = { data: { a: 1 }, variables: { x: 2, y: [3] } }
    expect(evaluateYaql('$.a + $x + $y[0] + $1.a', context)).toBe(7)
    expect(evaluateYaql('$')).toBeNull()
    expect(evaluateYaql('$.a', { data: new Map([['a', 5]]) })).toBe(5)
    expect(evaluateYaql('$.len()', { data: new Set([1, 2]) })).toBe(2)
  })

  it('evaluates what was parsed once any number of times', () => {
    const parsed = parseYaql('$.where($ > 1).sum()')
    expect([[1, 2], [2, 3], [5]].map((data) => evaluateYaql(parsed, { data }))).toEqual([2, 5, 5])
  })

  it('asks for the time and for random numbers instead of taking them', () => {
    expect(() => evaluateYaql('now()')).toThrow(MissingKeyError)
    expect(() => evaluateYaql('random()')).toThrow(MissingKeyError)
    expect(() => evaluateYaql('[1].groupBy($, $, now().year)')).toThrow(MissingKeyError)
    const options = { now: () => 1_000_000, random: () => 0.25, localOffset: 3600 }
    expect(evaluateYaql('now().timestamp', {}, options)).toEqual(new PyFloat(1))
    expect(evaluateYaql('random(0, 3)', {}, options)).toBe(1)
    expect(evaluateYaql('localtz().hours', {}, options)).toEqual(new PyFloat(1))
    expect(evaluateYaql('str(now(null))', {}, options)).toBe('1970-01-01 01:00:01+01:00')
  })
})

describe('functions of the platform', () => {
  const vars = { name: 'x', list: [1, 2] }
  const functions = STANDARD_YAQL_FUNCTIONS.with([
    declare('ctx', 'function', [optional('key', any, null)], 'A variable.', (_scope, key) =>
      key === null ? vars : Reflect.get(vars, String(key)),
    ),
    declare(
      'task_status',
      'function',
      [required('taskId', text)],
      'The status of a task.',
      (_scope, task) => `${task} ok`,
    ),
    declare('split_words', 'both', [required('string', text)], 'Words.', (_scope, words) =>
      YaqlList.from(words.split(' ')),
    ),
    declare('twice', 'function', [required('body', lambda)], 'Evaluates twice.', (_scope, body) => [body(1), body(2)]),
    declare('zip', 'function', [rest('lists', any)], 'Shadows nothing but the function.', () => 'mine'),
    declare('len', 'function', [required('string', text)], 'Comes first for texts.', () => 'mine'),
    declare('st2kv', 'function', [required('key', text)], 'A value of the datastore.', (_scope, key) => {
      throw new MissingKeyError('st2kv', key)
    }),
  ])
  const run = (source: string): unknown => evaluateYaql(source, { functions })

  it('are called like those of the language', () => {
    expect(run('ctx(name)')).toBe('x')
    expect(run('ctx().list.select($ + 1)')).toEqual([2, 3])
    expect(run('task_status(a)')).toBe('a ok')
    expect(run('task_status(taskId => b)')).toBe('b ok')
    expect(run("'a b'.split_words()")).toEqual(['a', 'b'])
    expect(run("'a b'.split_words() = [a, b]")).toBe(false)
    expect(run('twice($ + 10)')).toEqual([11, 12])
  })

  it('stand before those of the language, which stay where the arguments do not fit', () => {
    expect(run('len(abc)')).toBe('mine')
    expect(run('len([1])')).toBe(1)
    expect(run('zip([1])')).toBe('mine')
    expect(run('[1].zip([2])')).toEqual([[1, 2]])
    expect(() => run('ctx(a, b)')).toThrow('No function "ctx" matches supplied arguments')
    expect(() => run("'a'.ctx()")).toThrow('Unknown method "ctx" for receiver a')
  })

  it('may ask for what they lack', () => {
    expect(() => run("[1].select(st2kv('system.x'))")).toThrow(MissingKeyError)
    expect(() => run("st2kv('system.x')")).toThrow('the value of st2kv.system.x has not been fetched yet')
  })

  it('cannot replace operators', () => {
    const sum = declare('#operator_+', 'function', [], '', () => 0)
    expect(() => STANDARD_YAQL_FUNCTIONS.with([sum])).toThrow('#operator_+ is the name of an operator')
  })

  it('are listed with signature and help, as those of the language', () => {
    const listed = functions.list()
    expect(listed).toContainEqual({
      name: 'task_status',
      kind: 'function',
      signature: 'task_status(taskId)',
      help: 'The status of a task.',
    })
    expect(listed.find(({ name }) => name === 'substring')?.signature).toBe('substring(string, start, length=-1)')
    expect(listed.filter(({ name }) => name === 'indexOf')).toHaveLength(3)
    expect(listed.filter(({ help }) => !help.endsWith('.'))).toEqual([])
    expect(new Set(listed.map(({ name }) => name)).size).toBeGreaterThan(130)
    expect(functions.properties().map(({ name }) => name)).toContain('weekday')
  })
})

describe('places', () => {
  it.each([
    ['1 +', 3, 1, 4],
    ['(1,2)', 2, 1, 3],
    ['a\n  .b c', 7, 2, 6],
    ["'😀' b", 4, 1, 5],
    [')', 0, 1, 1],
  ])('of a grammar error in %j', (source, offset, line, column) => {
    const caught = attempt(source)
    expect(caught).toBeInstanceOf(YaqlGrammarError)
    expect(caught).toMatchObject({ line, column, position: { offset, line, column } })
  })

  it('of a lexical error', () => {
    const caught = attempt('1 +\n __x')
    expect(caught).toBeInstanceOf(YaqlLexicalError)
    expect(caught).toMatchObject({
      pythonType: 'YaqlLexicalException',
      message: "Lexical error: illegal character '_' at position 5",
      line: 2,
      column: 2,
    })
  })

  it('of every node', () => {
    const { tree } = parseYaql(" ctx(a).b[0] + f(x => 'y') ")
    expect(tree).toMatchObject({ kind: 'call', name: '#operator_+', start: 1, end: 26 })
    expect(tree).toMatchObject({
      args: [
        {
          name: '#indexer',
          start: 1,
          end: 12,
          args: [
            { name: '#operator_.', start: 1, end: 9 },
            { start: 10, end: 11 },
          ],
        },
        { name: 'f', start: 15, end: 26, args: [{ kind: 'rule', start: 17, end: 25 }] },
      ],
    })
  })
})

function attempt(source: string): unknown {
  try {
    return parseYaql(source)
  } catch (caught) {
    return caught
  }
}

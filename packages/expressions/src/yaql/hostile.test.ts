import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../test/cpu-time.ts'
import { ExpressionLimitError } from '../limits.ts'
import { evaluateYaql, parseYaql, type YaqlOptions } from './evaluate.ts'

const DATA = { l: [1], d: { a: 1 }, s: 'text', n: 5 }

function error(source: string, options: YaqlOptions = {}): unknown {
  try {
    return evaluateYaql(source, { data: DATA }, { now: () => 0, ...options })
  } catch (caught) {
    return caught
  }
}

describe('hostile expressions', () => {
  it.each([
    ['range(1000000000000)', 'steps'],
    ['range(1000000000000).toList()', 'steps'],
    ['sequence()', 'steps'],
    ['sequence().toList()', 'steps'],
    ['sequence().len()', 'steps'],
    ['sequence().where(false)', 'steps'],
    ['sequence().sum()', 'steps'],
    ['sequence().orderBy($).first()', 'steps'],
    ['sequence().select($ * $).last()', 'steps'],
    ['1.repeat()', 'steps'],
    ['[1].cycle()', 'steps'],
    ['[1, 2].cycle().distinct().count()', 'steps'],
    ['generate(1, true, $ + 1)', 'steps'],
    ['generateMany(1, [1, 1])', 'steps'],
    ['sequence().join(sequence(), true, 1)', 'steps'],
    ['sequence().contains(-1)', 'steps'],
    ['sequence() = 1 or sequence().any($ < 0)', 'steps'],
    ['sequence().zip(sequence())', 'steps'],
    ['dict(sequence().select([$, $]))', 'steps'],
    ['set(sequence())', 'steps'],
    ["sequence().join(',')", 'steps'],
    ['sequence().groupBy(1)', 'steps'],
    ['range(100000).select(range(100000)).flatten()', 'steps'],
    ["('a' * 60 + '!') =~ '(a+)+$'", 'steps'],
    ["regex('(a|aa)+$').search('a' * 60 + 'b')", 'steps'],
    ["regex('(.*)*x').replace('y' * 1000, z)", 'steps'],
    ["('x' * 5000).replace('', 'y' * 5000)", 'outputLength'],
    ["'x' * 1000000000", 'outputLength'],
    ['[1] * 1000000000', 'outputLength'],
    ["range(30).aggregate($1 + $1, 'x')", 'outputLength'],
    ['range(30).aggregate($1 + $1, [1])', 'steps'],
    ["('x' * 4000000).replace(x, 'yyy')", 'outputLength'],
    ["range(1000).select('x' * 1000000).join('')", 'outputLength'],
    ["range(1000000).select('x' * 10000000).toList()", 'steps'],
    ["concat('x' * 6000000, 'x' * 6000000)", 'outputLength'],
    ['sequence().select(pow(9, 10000)).last()', 'steps'],
    ['sequence(1).select(pow(7, pow(9, 9999), pow(9, 9999))).last()', 'steps'],
    ['let(x => pow(9, 40000)) -> sequence().select($x + $x).last()', 'steps'],
    ["let(x => 'a' * 9000000) -> sequence().select($x.len()).last()", 'steps'],
    ["let(x => 'a' * 9000000) -> sequence().where($x =~ '^b').last()", 'steps'],
    ["let(x => 'a' * 9000000, y => 'a' * 8999999 + 'b') -> sequence().where($x = $y).last()", 'steps'],
    ["let(x => 'a' * 9000000) -> sequence().where(b in $x).last()", 'steps'],
    ['let(x => range(20000).toList()) -> sequence().where({$x => 1}.len() > 1).last()', 'steps'],
    [
      'let(x => range(20000).toList(), y => range(20000).toList() + [1]) -> sequence().where([$x] = [$y]).last()',
      'steps',
    ],
    ['let(x => range(20000).toDict($)) -> sequence().where(str($x) = a).last()', 'steps'],
    ["sequence().where(abc =~ (str($) + '(a|b)*')).last()", 'steps'],
    ["sequence().select(datetime('2020-01-01 10:20')).last()", 'steps'],
    ['sequence().select(def(f, 1) -> f()).last()', 'steps'],
    ['def(f, f($)) -> f(1)', 'depth'],
    ['def(f, [f($ + 1)]) -> f(1)', 'depth'],
    ['def(f, f($)) -> def(g, f($)) -> g(1)', 'depth'],
    ['range(20000).aggregate([$1], [])', 'depth'],
    ['range(20000).aggregate($1.concat([$2]), []).len()', 'depth'],
    ['str(range(20000).aggregate([$1], []))', 'valueDepth'],
    ['set(range(20000).aggregate([$1], []))', 'depth'],
  ])('%s stops at the limit of %s', (source, limit) => {
    const caught = error(source)
    expect(caught).toBeInstanceOf(ExpressionLimitError)
    expect(caught).toMatchObject({ limit, message: expect.stringContaining(limit) })
  })

  it.each([
    ['pow(9, 9999999)', 'the expression exceeds its limit of intBits (131072)'],
    ['pow(pow(9, 9999), 9999)', 'the expression exceeds its limit of intBits (131072)'],
    ['shiftBitsLeft(1, 1000000000)', 'the expression exceeds its limit of intBits (131072)'],
    ['range(60).aggregate($1 * $1, 9)', 'the expression exceeds its limit of intBits (131072)'],
    ["datetime(0).format('%999999999d')", 'the expression exceeds its limit of formatWidth (10000)'],
    ['str(pow(10, 5000))', /^Exceeds the limit \(4300 digits\)/],
  ])('%s is refused', (source, message) => {
    expect(() => evaluateYaql(source)).toThrow(message)
  })

  it.each([
    ['parentheses', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['signs', `${'-'.repeat(20_000)}1`],
    ['negations', `${'not '.repeat(20_000)}1`],
    ['sums', `1${'+1'.repeat(20_000)}`],
    ['dots', `a${'.b'.repeat(20_000)}`],
    ['indexes', `a${'[0]'.repeat(20_000)}`],
    ['calls', `${'f('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['arrows', `1${'->1'.repeat(20_000)}`],
  ])('%s nested without end are a grammar error', (_name, source) => {
    expect(() => parseYaql(source)).toThrow(/nested deeper than 200 levels/)
  })

  it.each([
    ['$.constructor', "'constructor'"],
    ['$.__proto__', "Lexical error: illegal character '_' at position 2"],
    ["$['__proto__']", "'__proto__'"],
    ['$.toString', "'toString'"],
    ['$.d.hasOwnProperty', "'hasOwnProperty'"],
    ['$.l.push', 'Unknown function "#property#push"'],
    ['$.s.length', 'Unknown function "#property#length"'],
    ['$.s.constructor', 'Unknown function "#property#constructor"'],
    ['constructor()', 'Unknown function "constructor"'],
    ['toString()', 'Unknown function "toString"'],
    ['hasOwnProperty(a)', 'Unknown function "hasOwnProperty"'],
    ['$.d.valueOf()', 'Unknown method "valueOf" for receiver {\'a\': 1}'],
    ["call('constructor', [], {})", 'Unknown function "constructor"'],
  ])('%s reaches nothing of the host', (source, message) => {
    expect(() => evaluateYaql(source, { data: DATA })).toThrow(message)
  })

  it('takes names of the host for words and for variables nobody has set', () => {
    expect(evaluateYaql('[process, globalThis, $constructor, $global]')).toEqual(['process', 'globalThis', null, null])
  })

  it('cannot call what the host has put into the data', () => {
    const data = { f: (): string => 'ran' }
    expect(() => evaluateYaql('$.f()', { data })).toThrow('Unknown method "f"')
    expect(() => evaluateYaql('[1].select($x)', { data: 1, variables: { x: data.f } })).not.toThrow()
  })

  it('takes names of prototypes for plain keys', () => {
    const made = evaluateYaql("{'__proto__' => {polluted => 1}, constructor => 2}.set('toString', 3)")
    expect(made).toEqual(
      new Map<string, unknown>([
        ['__proto__', { polluted: 1 }],
        ['constructor', 2],
        ['toString', 3],
      ]),
    )
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(evaluateYaql('let(constructor => 5) -> $constructor')).toBe(5)
  })

  it('looks for a function with a long row of underscores in linear time', () => {
    const start = cpuMs()
    expect(() => evaluateYaql(`${'_'.repeat(200_000)}x()`)).toThrow('Unknown function')
    expect(() => evaluateYaql(`def('a${'_'.repeat(200_000)}x', 1) -> 1`)).not.toThrow()
    expect(cpuMs() - start).toBeLessThan(2_000)
  })

  it('takes limits of the caller', () => {
    expect(error('[1, 2, 3].sum()', { limits: { steps: 3 } })).toMatchObject({ limit: 'steps' })
    expect(error("'ab' * 6", { limits: { outputLength: 10 } })).toMatchObject({ limit: 'outputLength' })
    expect(error('[[[1]]]', { limits: { depth: 2 } })).toMatchObject({ name: 'YaqlGrammarError' })
  })

  it('leaves the data as it was', () => {
    const data = { l: [3, 1, 2], d: { a: [1] } }
    const before = structuredClone(data)
    evaluateYaql('[$.l.orderBy($), $.l.insert(0, 9), $.d.set(b, 1), $.d.mergeWith({a => [2]}), $.l.reverse()]', {
      data,
    })
    expect(data).toEqual(before)
  })
})

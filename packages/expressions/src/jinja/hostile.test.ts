import { describe, expect, it } from 'vitest'
import { ExpressionLimitError } from '../limits.ts'
import { parseTemplate, renderTemplate } from './template.ts'

const CONTEXT = { lst: [1], d: { a: 1 }, s: 'text', n: 5 }

function error(source: string, limits = {}): unknown {
  try {
    return renderTemplate(source, CONTEXT, { limits })
  } catch (caught) {
    return caught
  }
}

describe('hostile templates', () => {
  it.each([
    ["{{ lst.constructor.constructor('return process')() }}", "'list object' has no attribute 'constructor'"],
    ['{{ d.__proto__ }}', "'dict object' has no attribute '__proto__'"],
    ['{{ d.toString }}', "'dict object' has no attribute 'toString'"],
    ['{{ s.length }}', "'str object' has no attribute 'length'"],
    ['{{ lst.push }}', "'list object' has no attribute 'push'"],
    ['{{ constructor }}', "'constructor' is undefined"],
    ['{{ __proto__ }}', "'__proto__' is undefined"],
    ['{{ hasOwnProperty }}', "'hasOwnProperty' is undefined"],
    ["{{ ''.__class__ }}", "access to attribute '__class__' of 'str' object is unsafe."],
    ["{{ '{0.__class__}'.format(1) }}", "access to attribute '__class__' of 'int' object is unsafe."],
    ['{{ range.__globals__ }}', "access to attribute '__globals__' of 'function' object is unsafe."],
    ['{{ range.run }}', "'function object' has no attribute 'run'"],
    ['{{ s.upper.run }}', "'builtin_function_or_method object' has no attribute 'run'"],
    ['{{ range(10000000000) }}', 'Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).'],
    ["{{ 'x' * 999999999 }}", 'the expression exceeds its limit of outputLength (10000000)'],
    ["{{ 'x'.center(999999999) }}", 'the expression exceeds its limit of outputLength (10000000)'],
    ["{{ '{:>999999999}'.format(1) }}", 'the expression exceeds its limit of formatWidth (10000)'],
    ["{{ '%999999999d' % 1 }}", 'the expression exceeds its limit of formatWidth (10000)'],
    ['{{ 9 ** 9999999 }}', 'the expression exceeds its limit of intBits (131072)'],
  ])('%s is refused', (source, message) => {
    expect(error(source)).toMatchObject({ message })
  })

  it.each([
    ['{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}', 'steps'],
    ["{{ ('a' * 60 ~ '!') | regex_match('(a+)+$') }}", 'steps'],
    ['{% set ns = namespace(s="x") %}{% for i in range(40) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}', 'outputLength'],
    ['{% for i in range(20000) %}{{ "x" * 1000 }}{% endfor %}', 'outputLength'],
    ['{{ range(99999) | list | sort | list }}', 'steps'],
    ["{{ s.replace('', 'y' * 9999999) }}", 'outputLength'],
  ])('%s stops at a named limit', (source, limit) => {
    const caught = error(source)
    expect(caught).toBeInstanceOf(ExpressionLimitError)
    expect(caught).toMatchObject({ limit })
  })

  it.each([
    ['parentheses', `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`],
    ['lists', `{{ ${'['.repeat(20_000)}${']'.repeat(20_000)} }}`],
    ['signs', `{{ ${'-'.repeat(20_000)}1 }}`],
    ['negations', `{{ ${'not '.repeat(20_000)}1 }}`],
    ['sums', `{{ 1${'+1'.repeat(20_000)} }}`],
    ['filters', `{{ 1${'|abs'.repeat(20_000)} }}`],
    ['attributes', `{{ a${'.b'.repeat(20_000)} }}`],
    ['conditions', `{{ 1${' if 1 else 1'.repeat(20_000)} }}`],
    ['powers', `{{ 1${'**1'.repeat(20_000)} }}`],
    ['statements', '{% if 1 %}'.repeat(20_000)],
  ])('%s nested without end are a syntax error', (_name, source) => {
    expect(() => parseTemplate(source)).toThrow(/nested deeper than 200 levels/)
  })

  it('cannot reach functions of the host', () => {
    expect(() => renderTemplate('{{ f() }}', { f: () => 'ran' })).toThrow("'function' object is not callable")
    expect(() => renderTemplate('{{ x }}', { x: new Date(0) })).toThrow(
      'a value of the host language has no Python type',
    )
  })

  it('do not pollute prototypes', () => {
    renderTemplate("{% set x = {'__proto__': {'polluted': 1}} %}{{ dict([('__proto__', 1)]) }}{{ x }}", {})
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('take limits of the caller', () => {
    expect(error('{% for i in range(9) %}{% endfor %}', { steps: 5 })).toMatchObject({ limit: 'steps' })
    expect(error('{{ s * 3 }}', { outputLength: 10 })).toMatchObject({ limit: 'outputLength' })
    expect(error('{{ range(11) }}', { rangeMax: 10 })).toMatchObject({ pythonType: 'OverflowError' })
  })
})

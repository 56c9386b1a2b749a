import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TemplateSyntaxError } from './jinja/errors.ts'
import { parseExpression, parseStatements } from './jinja/template-parser.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { printJinja, printJinjaExpression } from './print-jinja.ts'

const RUNS = { seed: 20_260_102, numRuns: 2_000 }
const { depth } = DEFAULT_LIMITS

/** What was parsed, without its places. */
function shape(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(shape)
  return Object.entries(value).flatMap(([key, inner]) => (key === 'position' ? [] : [[key, shape(inner)]]))
}

function reprintedExpression(source: string): void {
  const tree = parseExpression(source, depth)
  const text = printJinjaExpression(tree)
  expect({ text, tree: shape(parseExpression(text, depth)) }).toEqual({ text, tree: shape(tree) })
}

function reprinted(source: string): void {
  const body = parseStatements(source, depth)
  const text = printJinja(body)
  expect({ text, body: shape(parseStatements(text, depth)) }).toEqual({ text, body: shape(body) })
}

function parses(parse: () => void): boolean {
  try {
    parse()
    return true
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return false
    throw error
  }
}

const NAMES = ['a', 'b', 'upper', 'größe', 'in', 'if', '_x']
const LITERALS = [
  '1',
  '0',
  '0x1f',
  '1_000',
  '1.5',
  '5.0',
  '1e3',
  '1e400',
  '1e-7',
  '123456789012345678901',
  'true',
  'None',
  "''",
  String.raw`'a\'b\\n'`,
  '"it\'s"',
  String.raw`'\n\r}} %} {{'`,
  "'x' 'y'",
]
const BINARY = ['+', '-', '*', '/', '//', '%', '**', '~', 'and', 'or', '==', '!=', '<', '<=', '>', '>=', 'in', 'not in']

const { expression } = fc.letrec<{ expression: string; primary: string; args: string; key: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie('primary'),
    fc.tuple(tie('expression'), fc.constantFrom(...BINARY), tie('expression')).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom('-', '+', 'not '), tie('expression')).map((parts) => parts.join('')),
    fc
      .tuple(tie('expression'), fc.constantFrom('.a', '.if', '.0', '|upper', ' is defined', ' is not in(1)', '|b.c'))
      .map((parts) => parts.join('')),
    fc
      .tuple(tie('expression'), fc.constantFrom('', '|join', ' is divisibleby', '.b'), tie('args'))
      .map(([of, name, args]) => `${of}${name}(${args})`),
    fc.tuple(tie('expression'), tie('key')).map(([of, key]) => `${of}[${key}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([value, condition]) => `${value} if ${condition}`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([value, condition, other]) => `${value} if ${condition} else ${other}`),
  ),
  key: fc.oneof(
    { maxDepth: 5 },
    tie('expression'),
    fc.constantFrom(':', '1:', ':2', '::-1', '1:2, 3', '1, 2', '(1,)'),
    fc.tuple(tie('expression'), tie('expression')).map(([start, stop]) => `${start}:${stop}`),
  ),
  args: fc
    .tuple(
      fc.array(tie('expression'), { maxLength: 2 }),
      fc.array(tie('expression'), { maxLength: 1 }),
      fc.array(tie('expression'), { maxLength: 1 }),
      fc.array(tie('expression'), { maxLength: 1 }),
    )
    .map(([args, kwargs, rest, options]) =>
      [
        ...args,
        ...kwargs.map((text) => `k=${text}`),
        ...rest.map((text) => `*${text}`),
        ...options.map((text) => `**${text}`),
      ].join(', '),
    ),
  primary: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...NAMES, ...LITERALS),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `(${inner},)`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `(${items.join(', ')})`),
    fc
      .array(fc.tuple(tie('expression'), tie('expression')), { maxLength: 2 })
      .map((entries) => `{${entries.map((entry) => entry.join(': ')).join(', ')}}`),
  ),
}))

const text = fc
  .array(fc.constantFrom('a', ' ', '\n', '  \n', '{', '}', '%', '#', 'é', '<', '\t', '\r\n'), { maxLength: 6 })
  .map((parts) => parts.join(''))
const open = fc.constantFrom('{%', '{%-', '{%+')
const close = fc.constantFrom('%}', '-%}', '+%}')

const { template } = fc.letrec<{ template: string; statement: string }>((tie) => {
  const block = (head: fc.Arbitrary<string>, end: string): fc.Arbitrary<string> =>
    fc
      .tuple(open, head, close, tie('template'), open, close)
      .map(([o, h, c, body, o2, c2]) => `${o} ${h} ${c}${body}${o2} ${end} ${c2}`)
  const single = (head: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(open, head, close).map((parts) => parts.join(' '))
  const target = fc.constantFrom('a', 'a, b', 'a,', '(a, b), c', 'a, (b,)')
  return {
    template: fc.array(tie('statement'), { maxLength: 4 }).map((parts) => parts.join('')),
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      text,
      expression.map((inner) => `{{ ${inner} }}`),
      fc.tuple(expression, expression).map(([first, second]) => `{{- ${first}, ${second} -}}`),
      text.map((inner) => `{#- ${inner} #}`),
      text.map((inner) => `{% raw %}{{ ${inner}{% endraw %}`),
      fc
        .tuple(tie('template'), expression, tie('template'))
        .map(([body, condition, other]) => `{% if ${condition} %}${body}{% elif a %}{% else %}${other}{% endif %}`),
      fc
        .tuple(target, expression, tie('template'), tie('template'))
        .map(
          ([goal, items, body, other]) =>
            `{% for ${goal} in ${items} recursive %}${body}{% else -%}${other}{% endfor %}`,
        ),
      block(
        fc
          .tuple(target, expression, expression)
          .map(([goal, items, condition]) => `for ${goal} in (${items}) if ${condition}`),
        'endfor',
      ),
      single(
        fc.tuple(fc.oneof(target, fc.constant('ns.a')), expression).map(([goal, value]) => `set ${goal} = ${value}`),
      ),
      single(fc.array(expression, { maxLength: 2 }).map((items) => `print ${items.join(', ')}`)),
      block(fc.constantFrom('set a', 'set a | upper | join(1)', 'set ns.a', 'set a, b'), 'endset'),
      block(
        fc.tuple(fc.constantFrom('macro f(a, b=', 'macro g(b='), expression).map(([head, value]) => `${head}${value})`),
        'endmacro',
      ),
      block(
        fc
          .tuple(fc.constantFrom('call f', 'call(a) f', 'call() (a|upper)', "call(a, b='}}') a.b"), expression)
          .map(([head, value]) => `${head}(${value})`),
        'endcall',
      ),
      block(fc.constantFrom('filter upper', 'filter upper | join(a, k=1)'), 'endfilter'),
      block(
        fc
          .tuple(fc.constantFrom('with', 'with a = 1, b ='), expression)
          .map(([head, value]) => (head === 'with' ? head : `${head} ${value}`)),
        'endwith',
      ),
      block(
        expression.map((value) => `autoescape ${value}`),
        'endautoescape',
      ),
      block(fc.constantFrom('block a', 'block a scoped', 'block b scoped required'), 'endblock'),
      single(
        fc.constantFrom(
          "include 'a'",
          'include a ignore missing',
          'extends a',
          'import a as b',
          'from a import b, c as _d',
          'from a import with context',
        ),
      ),
    ),
  }
})

describe('a printed template', () => {
  it('is read into the same statements, whatever it was', () => {
    let parsed = 0
    fc.assert(
      fc.property(template, (source) => {
        if (!parses(() => parseStatements(source, depth))) return
        parsed++
        reprinted(source)
      }),
      RUNS,
    )
    expect(parsed).toBeGreaterThan(RUNS.numRuns / 3)
  })

  it('is read into the same statements for every recorded case', () => {
    const sources = recorded('template')
    expect(sources.length).toBeGreaterThan(400)
    for (const source of sources) if (parses(() => parseStatements(source, depth))) reprinted(source)
  })

  it.each([
    ['a\n  {% if x -%}\n b{% endif %}', 'a\n{%+ if x +%}b{%+ endif +%}'],
    ['{{x|join(",")}}', "{{ x | join(',') }}"],
    ['{{ a is b not.c }}', '{{ a is b not.c }}'],
    ['{% raw %}{{ x }}{% endraw %}', '{%+ raw %}{{ x }}{%+ endraw +%}'],
    [
      '{% for k,v in d.items() %}{{k}}{% else %}-{% endfor %}',
      '{%+ for k, v in d.items() +%}{{ k }}{%+ else +%}-{%+ endfor +%}',
    ],
  ])('of %j is %j', (source, printed) => {
    expect(printJinja(parseStatements(source, depth))).toBe(printed)
  })
})

describe('a printed expression of Jinja', () => {
  it('is read into the same tree, whatever it was', () => {
    let parsed = 0
    fc.assert(
      fc.property(expression, (source) => {
        if (!parses(() => parseExpression(source, depth))) return
        parsed++
        reprintedExpression(source)
      }),
      RUNS,
    )
    expect(parsed).toBeGreaterThan(RUNS.numRuns / 3)
  })

  it('is read into the same tree for every recorded case', () => {
    const sources = recorded('expression')
    expect(sources.length).toBeGreaterThan(400)
    for (const source of sources) if (parses(() => parseExpression(source, depth))) reprintedExpression(source)
  })

  it('has the parentheses it needs and no others', () => {
    const printed = [
      '(a + b) * c',
      'a + (b * c)',
      '(a if b else c) if d',
      '-(a | abs)',
      '(-a).b',
      'not (a in b)',
      '(not a) in b',
      '(a ~ b) ~ c',
    ].map((source) => printJinjaExpression(parseExpression(source, depth)))
    expect(printed).toEqual([
      '(a + b) * c',
      'a + b * c',
      '(a if b else c) if d',
      '-(a | abs)',
      '(-a).b',
      'not a in b',
      '(not a) in b',
      '(a ~ b) ~ c',
    ])
  })
})

function recorded(kind: string): string[] {
  return ['jinja-core', 'jinja-full', 'platform-filters'].flatMap((name) => {
    const file: { cases: { kind: string; source: string }[] } = JSON.parse(
      readFileSync(new URL(`../conformance/${name}.json`, import.meta.url), 'utf8'),
    )
    return file.cases.filter((test) => test.kind === kind).map(({ source }) => source)
  })
}

import { describe, expect, it } from 'vitest'
import {
  DEFAULT_LIMITS,
  expressionErrorText,
  LayerEvaluator,
  type LayerRequest,
  LIMITS,
  WORKFLOW_LIMITS,
} from '../src/index.ts'
import { cpuMs } from './cpu-time.ts'
import { YAML } from '../bin/yaml-codec.ts'

const evaluator = new LayerEvaluator(YAML)
const DEEP = Array.from({ length: 5_000 }).reduce<unknown>((inner) => [inner], 1)
const CONTEXT = {
  l: [1],
  d: { a: 1 },
  s: 'text',
  long: 'x y '.repeat(500_000),
  deep: DEEP,
  y: '<% ctx(y) %>',
  y2: '<% ctx(y2) %><% ctx(y2) %>',
  j: "{{ ctx('j') }}",
  __current_task: { id: 't', route: 0, result: {} },
}

type Kind = 'yaql' | 'jinja' | 'platform' | 'workflow'

const LAYERS: Record<Kind, Pick<LayerRequest, 'language' | 'layer'>> = {
  yaql: { language: 'yaql', layer: 'plain' },
  jinja: { language: 'jinja', layer: 'plain' },
  platform: { language: 'jinja', layer: 'platform' },
  workflow: { language: 'yaql', layer: 'orquesta' },
}

function answer(kind: Kind, expression: string, using = evaluator): unknown {
  try {
    return using.evaluate({ ...LAYERS[kind], expression, context: CONTEXT }, { now: () => 0, random: () => 0.5 })
  } catch (error) {
    return expressionErrorText(error)
  }
}

const nest = (open: string, close: string): string => `${open.repeat(20_000)}1${close.repeat(20_000)}`

/** The line, and the limit that its error names. */
const LINES: [Kind, string, string][] = [
  ['jinja', '{{ range(10 ** 9) }}', 'MAX_RANGE (100000)'],
  ['jinja', "{{ 'a' * 10 ** 9 }}", 'outputLength'],
  ['jinja', '{{ [0] * 10 ** 9 }}', 'outputLength'],
  ['jinja', '{{ 2 ** 1000000000 }}', 'intBits'],
  ['jinja', '{{ (2 ** 100000) ** 100000 }}', 'intBits'],
  ['jinja', '{{ 1 << 2 }}{{ 10 ** 100000 }}', 'TemplateSyntaxError'],
  ['jinja', '{{ 10 ** 5000 }}', 'Exceeds the limit (4300 digits)'],
  ['jinja', "{{ '{:1000000000}'.format(1) }}", 'formatWidth (10000)'],
  ['jinja', "{{ '%1000000000d' % 1 }}", 'formatWidth'],
  ['jinja', "{{ '{:.1000000000f}'.format(1.5) }}", 'formatPrecision (60)'],
  ['jinja', "{{ '{:{}}'.format(1, 10 ** 9) }}", 'formatWidth'],
  ['jinja', "{{ '%*d' % (10 ** 9, 1) }}", 'formatWidth'],
  ['jinja', "{{ ('x' * 1000).replace('', 'y' * 100000) }}", 'outputLength'],
  ['jinja', "{{ (['x' * 9999] * 9999) | join('y') }}", 'outputLength'],
  ['jinja', "{{ 'x'.join(['y' * 9999999, 'z']) }}", 'outputLength'],
  ['jinja', "{{ 'a\\tb'.expandtabs(10 ** 9) }}", 'outputLength'],
  ['jinja', "{{ 'a'.zfill(10 ** 9) }}", 'outputLength'],
  ['jinja', "{{ ('a' * 9999).translate({97: 'b' * 9999}) }}", 'outputLength'],
  ['jinja', "{{ (5).to_bytes(10 ** 9, 'big') }}", 'outputLength'],
  ['jinja', "{{ '\\n' | indent(10 ** 9) }}", 'outputLength'],
  ['jinja', '{{ long | wordwrap(1) | wordwrap(1) | wordwrap(1) | urlize | striptags | title }}', 'steps'],
  ['jinja', '{{ deep }}', 'valueDepth (500)'],
  ['jinja', '{{ deep | pprint }}', 'valueDepth'],
  ['jinja', '{{ deep | tojson }}', 'valueDepth'],
  ['jinja', '{{ d | tojson(10 ** 9) }}', 'formatWidth'],
  ['jinja', `{{ ${nest('(', ')')} }}`, 'limit depth'],
  ['jinja', `{{ ${nest('[', ']')} }}`, 'limit depth'],
  ['jinja', '{% if 1 %}'.repeat(20_000), 'limit depth'],
  ['jinja', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'depth (200)'],
  ['jinja', '{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}', 'depth'],
  ['jinja', '{% set c = cycler(1, 2) %}{% for x in range(99999) %}{{ c.next() }}{{ c.next() }}{% endfor %}', 'steps'],
  ['jinja', '{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}', 'steps'],
  ['jinja', '{% set l = [1] %}{% for x in range(99) %}{% set _ = l.extend(l) %}{% endfor %}', 'steps'],
  [
    'jinja',
    '{% set ns = namespace(d={}) %}{% for x in range(99999) %}{% set ns.d = {x: ns.d} %}{% endfor %}{{ ns.d }}',
    'steps',
  ],
  ['jinja', '{{ range(99999) | list | groupby(0) | list }}', 'int object has no element 0'],
  ['jinja', '{{ range(99999) | map("string") | sort | unique | list | length }}', 'steps'],
  ['jinja', '{{ range(99999) | batch(1) | map("list") | map("join") | list }}', 'steps'],
  ['jinja', "{{ ('x' * 9999999) | list | length }}", 'steps'],
  ['platform', "{{ ('a' * 60 ~ '!') | regex_match('(a+)+$') }}", 'steps'],
  ['platform', "{{ ('a' * 60 ~ '!') | regex_replace('(a|aa)+$', '') }}", 'steps'],
  ['platform', "{{ s | regex_match('((a{1000}){1000}){1000}') }}", 'regexSize (50000)'],
  ['platform', "{{ s | regex_match('(' * 5000) }}", 'regexDepth (100)'],
  ['platform', "{{ s | regex_match('a{999999}') }}", 'regexRepetitions (65535)'],
  ['platform', "{{ d | jsonpath_query('(' * 5000) }}", 'valueDepth'],
  ['platform', "{{ ('[' * 5000) | from_json_string }}", 'JSONDecodeError'],
  ['platform', '{{ deep | to_yaml_string }}', 'valueDepth'],
  ['platform', '{{ deep | to_json_string }}', 'valueDepth'],
  ['yaql', 'range(0, 1000000000000).len()', 'steps (500000)'],
  ['yaql', 'sequence().sum()', 'steps'],
  ['yaql', 'generate(1, true, $ + 1)', 'steps'],
  ['yaql', 'generateMany(1, [$ + 1, $ + 2])', 'steps'],
  ['yaql', '[1].cycle().toList()', 'steps'],
  ['yaql', 'range(100).aggregate($1 + $1, [1])', 'steps'],
  ['yaql', "range(100).aggregate($1 + $1, 'x')", 'outputLength'],
  ['yaql', 'range(100).aggregate($1 * $1, 9)', 'intBits'],
  ['yaql', 'pow(9, 1000000000)', 'intBits'],
  ['yaql', "'x' * 1000000000", 'outputLength'],
  ['yaql', "('x' * 5000).replace('', 'y' * 5000)", 'outputLength'],
  ['yaql', "('a' * 60 + '!') =~ '(a+)+$'", 'steps'],
  ['yaql', "regex('((a{1000}){1000}){1000}')", 'regexSize'],
  ['yaql', "datetime('1' * 100000)", 'dateLength (1000)'],
  ['yaql', "datetime(0).format('%1000000000d')", 'formatWidth'],
  ['yaql', 'def(f, f($)) -> f(1)', 'depth'],
  ['yaql', 'range(20000).aggregate([$1], [])', 'depth'],
  ['yaql', 'str($.deep)', 'valueDepth'],
  ['yaql', nest('[', ']'), 'limit depth'],
  ['yaql', nest('(', ')'), 'limit depth'],
  ['yaql', '$.deep', 'depth'],
  ['yaql', 'range(1000).toDict($, range(1000)).values().flatten()', 'steps'],
  ['workflow', '<% ctx(y) %>', 'depth (100)'],
  ['workflow', '<% ctx(y2) %>', 'depth'],
  ['workflow', "{{ ctx('j') }}", 'depth (100)'],
  ['workflow', '<% sequence().last() %>', 'steps (500000)'],
  ['workflow', '{{ range(10 ** 9) }}', 'MAX_RANGE'],
  ['workflow', '<% zip(sequence(), sequence()) %>', 'steps'],
  ['workflow', "<% regex_match('a' * 60 + '!', '(a+)+$') %>", 'regexSteps (5000000)'],
  ['workflow', "<% json('[' * 5000) %>", 'valueDepth'],
]

describe('hostile lines', () => {
  it.each(LINES)('%s: %s ends within a second in an error that names %s', (kind, expression, limit) => {
    const start = cpuMs()
    const got = answer(kind, expression)
    expect(cpuMs() - start).toBeLessThan(1_000)
    expect(got).toEqual(expect.stringContaining(limit))
  })

  it.each<[Kind, string, string]>([
    ['jinja', '{{ l.__proto__ }}', "UndefinedError: 'list object' has no attribute '__proto__'"],
    ['jinja', "{{ l['constructor'] }}", "UndefinedError: 'list object' has no attribute 'constructor'"],
    ['jinja', '{{ d.constructor.constructor }}', "UndefinedError: 'dict object' has no attribute 'constructor'"],
    ['jinja', "{{ s['__proto__'] }}", "UndefinedError: 'str object' has no attribute '__proto__'"],
    ['jinja', '{{ s.__class__ }}', "SecurityError: access to attribute '__class__' of 'str' object is unsafe."],
    [
      'jinja',
      '{{ s.upper.__self__ }}',
      "SecurityError: access to attribute '__self__' of 'builtin_function_or_method' object is unsafe.",
    ],
    [
      'jinja',
      '{{ range.__globals__ }}',
      "SecurityError: access to attribute '__globals__' of 'function' object is unsafe.",
    ],
    [
      'jinja',
      "{{ '{0.__class__.__mro__}'.format(s) }}",
      "SecurityError: access to attribute '__class__' of 'str' object is unsafe.",
    ],
    [
      'jinja',
      "{{ '{a.__class__}'.format_map({'a': 1}) }}",
      "SecurityError: access to attribute '__class__' of 'int' object is unsafe.",
    ],
    [
      'jinja',
      '{{ s.encode().__class__ }}',
      "SecurityError: access to attribute '__class__' of 'bytes' object is unsafe.",
    ],
    ['jinja', '{{ (-8 ** 0.5).constructor }}', "UndefinedError: 'complex object' has no attribute 'constructor'"],
    ['yaql', '$.l.constructor', 'NoFunctionRegisteredException: Unknown function "#property#constructor"'],
    ['yaql', '$.d.constructor', "KeyError: 'constructor'"],
    ['workflow', '<% ctx(constructor) %>', 'YaqlEvaluationException: Unable to evaluate expression'],
    ['workflow', "{{ ctx('__class__') }}", 'JinjaEvaluationException: Unable to evaluate expression'],
  ])('%s: %s reaches nothing of the host', (kind, expression, expected) => {
    expect(answer(kind, expression)).toEqual(expect.stringContaining(expected))
  })

  it('takes names of prototypes for keys that are missing', () => {
    expect(answer('yaql', "$.d.get('__proto__', 5)")).toBe(5)
  })
})

describe('the limits', () => {
  it('are described in one table, each with its default', () => {
    expect(Object.fromEntries(LIMITS.map((limit) => [limit.name, limit.default]))).toEqual(DEFAULT_LIMITS)
    expect(Object.fromEntries(LIMITS.map((limit) => [limit.name, limit.inWorkflows]))).toEqual(WORKFLOW_LIMITS)
    for (const { help } of LIMITS) expect(help).toMatch(/^[A-Z].*\.$/)
  })

  it.each<[Kind, string, string, number]>([
    ['jinja', '{{ 2 ** 100 }}', 'intBits', 64],
    ['yaql', 'pow(2, 100)', 'intBits', 64],
    ['workflow', '<% pow(2, 100) %>', 'intBits', 64],
    ['workflow', '{{ 2 ** 100 }}', 'intBits', 64],
    ['jinja', "{{ '{:20}'.format(1) }}", 'formatWidth', 10],
    ['workflow', "{{ '%20d' % 1 }}", 'formatWidth', 10],
    ['yaql', 'str([[[[1]]]])', 'valueDepth', 3],
    ['jinja', '{{ [[[[1]]]] }}', 'valueDepth', 3],
    ['workflow', '<% str([[[[1]]]]) %>', 'valueDepth', 3],
    ['platform', "{{ s | regex_match('a{9}') }}", 'regexRepetitions', 8],
    ['yaql', "abc =~ '((a))'", 'regexDepth', 1],
    ['jinja', "{{ 'ab' * 9 }}", 'outputLength', 8],
    ['workflow', "<% 'ab' * 9 %>", 'outputLength', 8],
    ['workflow', '<% range(100).len() %>', 'steps', 50],
    ['workflow', '<% (((((((1))))))) %>', 'depth', 4],
    ['yaql', "datetime('2020-01-01 10:10')", 'dateLength', 10],
  ])('%s: %s obeys the setting of %s', (kind, expression, limit, allowed) => {
    const got = answer(kind, expression, new LayerEvaluator(YAML, { [limit]: allowed }))
    expect(got).toContain(limit === 'depth' ? 'limit depth' : `${limit} (${allowed})`)
    expect(answer(kind, expression)).not.toEqual(expect.stringMatching(/exceeds|limit/))
  })
})

describe('floats in YAML', () => {
  it.each([
    ['{{ [1.0, 2, 1.5, 1e22, -0.0] | to_yaml_string }}', '- 1.0\n- 2\n- 1.5\n- 1.0e+22\n- -0.0\n'],
    ["{{ {'a': 2.0, 'float': 'float0_', 'floatxx': 3.0} | to_yaml_string }}", 'a: 2.0\nfloat: float0_\nfloatxx: 3.0\n'],
    ['{{ 1.0 | to_yaml_string }}', '1.0\n'],
  ])('%s keep their point', (source, text) => {
    expect(answer('platform', source)).toBe(text)
  })
})

// What expressions cost: warm evaluations beside a plain call, cold parsing, Python's engines in the same run, and the browser's bundle.
// `node bench/expressions.ts [--json] [--python PATH]`: a Python with yaql==3.2.0 and jinja2==3.1.6; ST2_BENCH_PYTHON can name it too.
import { parseArgs } from 'node:util'
import { CompiledExpression, parseYaql, WorkflowExpressions } from '@st2/expressions'
import { browserBundle } from './support/expressions-bundle.ts'
import { type PythonFigures, pythonExpressions } from './support/python-expressions.ts'
import { median, rounded } from './support/statistics.ts'

/** What is promised. */
const PROMISES = { ratio_to_closure: 30, cold_parse_us: 50, ratio_to_python_yaql: 50, bundle_gzip_bytes: 120_000 }
const CONTEXT_BYTES = 200_000
const ROUNDS = 9
const ROUND_MS = 120
const EXPRESSIONS = { yaql: '<% ctx(n) + 1 %>', jinja: "{{ ctx('n') + 1 }}" }
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    python: { type: 'string', default: process.env.ST2_BENCH_PYTHON ?? '' },
  },
})

interface Data {
  n: number
  [name: string]: unknown
}

/** Of different code each, and called through a table: the compiler knows none of them at the call. */
const CLOSURES: readonly ((data: Data) => number)[] = [
  (data) => data.n + 1,
  (data) => 1 + data.n,
  (data) => data.n - -1,
  (data) => -(-data.n - 1),
  (data) => data.n + 2 - 1,
  (data) => data.n * 1 + 1,
  (data) => (data.n + 0.5) * 1 + 0.5,
  (data) => Number(data.n) + 1,
]

/** What came out is kept, so that nothing measured can be left out. */
let checksum = 0

async function measure() {
  const data = contextOf(CONTEXT_BYTES)
  const expressions = new WorkflowExpressions()
  const closure = nanoseconds((at) => CLOSURES[at & 7]?.(data) ?? Number.NaN)
  const yaql = nanoseconds(() => Number(expressions.evaluate(EXPRESSIONS.yaql, data)))
  const jinja = nanoseconds(() => Number(expressions.evaluate(EXPRESSIONS.jinja, data)))
  const parsed = parseYaql('$.n + 1')
  const compiled = new CompiledExpression('n + 1')
  const python = options.python === '' ? null : pythonExpressions(options.python, data)
  const bundle = await browserBundle()
  return {
    context_bytes: JSON.stringify(data).length,
    closure_ns: rounded(closure),
    yaql_warm_ns: rounded(yaql),
    jinja_warm_ns: rounded(jinja),
    yaql_ratio_to_closure: rounded(yaql / closure),
    jinja_ratio_to_closure: rounded(jinja / closure),
    // Without the workflow's field around it: what the languages themselves take.
    yaql_bare_ns: rounded(nanoseconds(() => Number(parsed.evaluate({ data })))),
    jinja_bare_ns: rounded(nanoseconds(() => Number(compiled.evaluate(data)))),
    yaql_cold_parse_us: rounded(nanoseconds((at) => parseYaql(`ctx(n${at}) + 1`).source.length) / 1000),
    jinja_cold_parse_us: rounded(nanoseconds((at) => new CompiledExpression(`ctx('n${at}') + 1`).source.length) / 1000),
    python: python === null ? 'left out: name a Python by --python or ST2_BENCH_PYTHON' : ratios(python, yaql, jinja),
    bundle,
    promises: PROMISES,
    checksum,
  }
}

/** Names and values as workflows have them. */
function contextOf(bytes: number): Data {
  const data: Data = { n: 41 }
  for (let number = 0, length = 0; length < bytes; number++) {
    const value = {
      id: number,
      name: `item ${number}`,
      tags: ['one', 'two', 'three'],
      text: 'x'.repeat(200),
      nested: { ok: true },
    }
    data[`variable_${number}`] = value
    length += JSON.stringify(value).length
  }
  return data
}

/** ms that this thread has computed for: what else a busy machine does is no part of a call. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** ns of one call, the median of rounds; a first round warms up. */
function nanoseconds(run: (at: number) => number): number {
  const rounds: number[] = []
  let at = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const first = at
    const began = cpuMs()
    let spent = 0
    while (spent < ROUND_MS) {
      for (let turn = 0; turn < 1_000; turn++) checksum = (checksum + run(at++)) | 0
      spent = cpuMs() - began
    }
    if (round > 0) rounds.push((spent * 1e6) / (at - first))
  }
  return median(rounds)
}

function ratios(python: PythonFigures, yaqlNs: number, jinjaNs: number) {
  return {
    ...Object.fromEntries(Object.entries(python).map(([name, value]) => [name, rounded(Number(value))])),
    yaql_times_faster: rounded((python.yaql_parsed_once_us * 1000) / yaqlNs),
    yaql_times_faster_than_upstream: rounded((python.yaql_parsed_each_time_us * 1000) / yaqlNs),
    jinja_times_faster: rounded((python.jinja_parsed_once_us * 1000) / jinjaNs),
    jinja_times_faster_than_upstream: rounded((python.jinja_parsed_each_time_us * 1000) / jinjaNs),
  }
}

/** Which of the promises this run kept; null where Python was left out. */
function kept(figures: Awaited<ReturnType<typeof measure>>) {
  const { python, bundle } = figures
  return {
    yaql_ratio_to_closure: figures.yaql_ratio_to_closure <= PROMISES.ratio_to_closure,
    jinja_ratio_to_closure: figures.jinja_ratio_to_closure <= PROMISES.ratio_to_closure,
    cold_parse_us: Math.max(figures.yaql_cold_parse_us, figures.jinja_cold_parse_us) < PROMISES.cold_parse_us,
    ratio_to_python_yaql: typeof python === 'string' ? null : python.yaql_times_faster >= PROMISES.ratio_to_python_yaql,
    bundle: bundle.gzip_bytes < PROMISES.bundle_gzip_bytes && bundle.forbidden.length === 0,
  }
}

const measured = await measure()
const figures = { ...measured, kept: kept(measured) }
if (options.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(name.padEnd(24), value)

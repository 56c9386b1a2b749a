import { spawnSync } from 'node:child_process'

/** µs for one evaluation: the text parsed each time, as upstream does in workflows, and parsed once. */
export interface PythonFigures {
  readonly yaql_parsed_each_time_us: number
  readonly yaql_parsed_once_us: number
  readonly jinja_parsed_each_time_us: number
  readonly jinja_parsed_once_us: number
}

const PROGRAM = `
import collections.abc, json, sys, time
import jinja2.sandbox
import yaql

data = json.load(sys.stdin)
engine = yaql.language.factory.YaqlFactory().create()
root = yaql.create_context()
environment = jinja2.sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def ctx(context, key=None):
    return context['__vars'][key]


root.register_function(ctx, name='ctx')


def in_yaql(parsed):
    context = root.create_child_context()
    context['__vars'] = data
    return parsed.evaluate(context=context)


def in_jinja(parsed):
    return parsed(ctx=lambda key: data[key])


def microseconds(run):
    assert run() == data['n'] + 1
    best = None
    for _ in range(5):
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < 0.1:
            run()
            count += 1
        spent = (time.perf_counter() - began) / count * 1e6
        best = spent if best is None else min(best, spent)
    return best


yaql_text, jinja_text = 'ctx(n) + 1', "ctx('n') + 1"
yaql_parsed, jinja_parsed = engine(yaql_text), environment.compile_expression(jinja_text)
print(json.dumps({
    'yaql_parsed_each_time_us': microseconds(lambda: in_yaql(engine(yaql_text))),
    'yaql_parsed_once_us': microseconds(lambda: in_yaql(yaql_parsed)),
    'jinja_parsed_each_time_us': microseconds(lambda: in_jinja(environment.compile_expression(jinja_text))),
    'jinja_parsed_once_us': microseconds(lambda: in_jinja(jinja_parsed)),
}))
`

/** The same expressions over the same data by the Python engines, each the best of five rounds. @throws when the Python lacks them */
export function pythonExpressions(python: string, data: unknown): PythonFigures {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', PROGRAM], {
    input: JSON.stringify(data),
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (error !== undefined) throw new Error(`${python} could not be started: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`)
  return JSON.parse(stdout) as PythonFigures
}

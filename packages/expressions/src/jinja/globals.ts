import {
  entriesOf,
  dictFrom,
  isDict,
  isInt,
  PythonError,
  PythonOverflowError,
  PythonTypeError,
  PythonValueError,
  repr,
  typeName,
} from '@st2/python-values'
import { iterate } from './collections.ts'
import { Cycler, Joiner } from './cycling.ts'
import { TemplateRuntimeError } from './errors.ts'
import { updatePair } from './filters/pairs.ts'
import { type Call, Namespace, PyClass, PyFunction, PyRange } from './objects.ts'
import { bind } from './signature.ts'

/** Names that exist without a context. */
export const GLOBALS: Record<string, unknown> = {
  range: new PyFunction('safe_range', makeRange),
  dict: new PyClass('dict', makeDict),
  namespace: new PyClass('jinja2.utils.Namespace', makeNamespace),
  cycler: new PyClass('jinja2.utils.Cycler', makeCycler),
  joiner: new PyClass(
    'jinja2.utils.Joiner',
    ({ args, kwargs }) => new Joiner(bind('Joiner.__init__', [['sep', ', ']], args, kwargs)[0]),
  ),
  lipsum: new PyFunction('generate_lorem_ipsum', () => {
    throw new TemplateRuntimeError("function 'lipsum' is not available: its text is random")
  }),
}

function makeCycler({ args }: Call): Cycler {
  if (args.length === 0) throw new PythonError('RuntimeError', 'at least one item has to be provided')
  return new Cycler(args)
}

/** @source jinja2: sandbox.py safe_range */
function makeRange({ args, kwargs, scope }: Call): PyRange {
  const [named] = Object.keys(kwargs)
  if (named !== undefined) throw new PythonTypeError(`safe_range() got an unexpected keyword argument ${repr(named)}`)
  if (args.length === 0) throw new PythonTypeError('range expected at least 1 argument, got 0')
  if (args.length > 3) throw new PythonTypeError(`range expected at most 3 arguments, got ${args.length}`)
  const numbers = args.map((value) => {
    if (isInt(value) || typeof value === 'boolean') return Number(value)
    throw new PythonTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
  })
  const [first = 0, second, step = 1] = numbers
  if (step === 0) throw new PythonValueError('range() arg 3 must not be zero')
  const range = second === undefined ? new PyRange(0, first, 1) : new PyRange(first, second, step)
  const { rangeMax } = scope.budget.limits
  if (range.length >= 2 ** 63) throw new PythonOverflowError('Python int too large to convert to C ssize_t')
  if (range.length > rangeMax) {
    throw new PythonOverflowError(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${rangeMax}).`)
  }
  return range
}

function pairs({ args, kwargs, scope }: Call, name: string): [unknown, unknown][] {
  if (args.length > 1) throw new PythonTypeError(`${name} expected at most 1 argument, got ${args.length}`)
  const [given] = args
  const entries: [unknown, unknown][] = isDict(given) ? entriesOf(given) : []
  if (given !== undefined && !isDict(given)) {
    for (const pair of iterate(given)) {
      scope.budget.spend()
      entries.push(updatePair(pair, entries.length))
    }
  }
  return [...entries, ...Object.entries(kwargs)]
}

function makeDict(call: Call): unknown {
  const dict = dictFrom(pairs(call, 'dict'))
  if (call.scope.evaluation.ownsData) return new Map(entriesOf(dict))
  call.scope.own(dict)
  return dict
}

function makeNamespace(call: Call): Namespace {
  return new Namespace(pairs(call, 'dict').map(([key, value]): [string, unknown] => [String(key), value]))
}

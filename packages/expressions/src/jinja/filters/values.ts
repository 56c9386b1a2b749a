import { formatValue, isTruthy, makeFloat, PythonTypeError, repr, toFloat, toInt, typeName } from '@st2/python-values'
import { attributeOnly, getItem } from '../access.ts'
import { lengthOf } from '../collections.ts'
import { TemplateRuntimeError } from '../errors.ts'
import { DictView, Markup, textOf } from '../objects.ts'
import { type Filter, filter, markupFilter } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { Undefined } from '../undefined.ts'
import { measure } from '../weight.ts'
import { prettyPrint } from './pretty-print.ts'

/** Filters that look at one value. @source jinja2: filters.py */
export const VALUE_FILTERS: Record<string, Filter> = {
  attr: markupFilter('do_attr', ['obj', 'name'], ([value, name], scope) => {
    if (name instanceof Markup) return attributeOnly(value, name.text, scope)
    if (typeof name !== 'string') throw new PythonTypeError(`attribute name must be string, not '${typeName(name)}'`)
    return attributeOnly(value, name, scope)
  }),
  filesizeformat: filter('do_filesizeformat', ['value', ['binary', false]], ([value, binary]) =>
    fileSize(value, isTruthy(binary)),
  ),
  pprint: markupFilter('do_pprint', ['value'], ([value], scope) => {
    measure(scope.budget, value)
    const text = prettyPrint(value, () => scope.budget.spend())
    scope.budget.requireLength(text.length)
    return text
  }),
  random: markupFilter('do_random', ['seq'], ([value], scope) => randomItem(value, scope)),
}

const LARGE = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']

function fileSize(value: unknown, binary: boolean): string {
  if (value instanceof Undefined) throw value.error()
  const bytes = toFloat(value)
  const base = binary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${repr(toInt(makeFloat(bytes)))} Bytes`
  // exact: 1e24 is a little less than 10 ** 24
  const units = LARGE.map((_, at) => BigInt(base) ** BigInt(at + 2))
  const found = units.findIndex((unit) => bytes < unit)
  const at = found === -1 ? units.length - 1 : found
  const amount = (base * bytes) / Number(units[at] ?? 1)
  const prefix = LARGE[at] ?? ''
  return `${formatValue(makeFloat(amount), '.1f')} ${binary ? `${prefix.slice(0, 1).toUpperCase()}iB` : prefix}`
}

/** An item by the random value of the caller, so that the same evaluation can be repeated. */
function randomItem(value: unknown, scope: Scope): unknown {
  const length = lengthOf(textOf(value))
  if (length === 0) return new Undefined(scope.undefinedMode, { message: 'No random item, sequence was empty.' })
  const { random } = scope.evaluation
  if (random === undefined) throw new TemplateRuntimeError("filter 'random' has no source of random values here")
  if (value instanceof DictView || value instanceof Set) {
    throw new PythonTypeError(`'${typeName(value)}' object is not subscriptable`)
  }
  return getItem(value, Math.min(length - 1, Math.floor(random() * length)), scope)
}

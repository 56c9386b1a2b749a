import { formatValue, PythonIndexError, PythonKeyError, PythonValueError, repr, str } from '@st2/python-values'
import { type Call, textOf } from '../objects.ts'
import type { Scope } from '../scope.ts'
import { requireDefined, Undefined } from '../undefined.ts'

/** How fields reach into values: by the sandbox's rules, as everywhere. */
export interface Access {
  attribute: (object: unknown, name: string, scope: Scope) => unknown
  item: (object: unknown, key: unknown, scope: Scope) => unknown
}

interface Formatting {
  call: Call
  access: Access
  fields: FieldNumbers
  finish: Finish
}

/** What becomes of a field's text before it is put in. */
type Finish = (value: unknown, text: string) => string

/** `'{0.name} {key[1]!r:>8}'.format(…)`. */
export function formatText(
  template: string,
  call: Call,
  access: Access,
  finish: Finish = (_value, text) => text,
): string {
  const text = formatWith(template, { call, access, fields: new FieldNumbers(), finish }, 2)
  call.scope.budget.requireLength(text.length)
  return text
}

/** Fields are numbered by hand or by themselves, never both. */
class FieldNumbers {
  #next = 0
  #mode: 'auto' | 'manual' | null = null

  resolve(name: string): string {
    const isAuto = name === ''
    if (!isAuto && !/^\d+$/.test(name)) return name
    const mode = isAuto ? 'auto' : 'manual'
    if (this.#mode !== null && this.#mode !== mode) {
      const [from, to] = isAuto
        ? ['manual field specification', 'automatic field numbering']
        : ['automatic field numbering', 'manual field specification']
      throw new PythonValueError(`cannot switch from ${from} to ${to}`)
    }
    this.#mode = mode
    return isAuto ? String(this.#next++) : name
  }
}

/** @param nesting how many levels of fields inside of specifications are left */
function formatWith(template: string, formatting: Formatting, nesting: number): string {
  if (nesting === 0) throw new PythonValueError('Max string recursion exceeded')
  let text = ''
  let at = 0
  while (at < template.length) {
    const char = template[at]
    if ((char === '{' || char === '}') && template[at + 1] === char) {
      text += char
      at += 2
    } else if (char === '{') {
      const end = endOfField(template, at)
      text += formatField(template.slice(at + 1, end), formatting, nesting)
      at = end + 1
    } else if (char === '}') {
      throw new PythonValueError("Single '}' encountered in format string")
    } else {
      text += char
      at++
    }
  }
  return text
}

function endOfField(template: string, start: number): number {
  let depth = 0
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') depth++
    else if (template[at] === '}' && --depth === 0) return at
  }
  throw new PythonValueError(
    start === template.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  )
}

const FIELD = /^([^!:[.]*)((?:\.[^!:[.]+|\[[^\]]*\])*)(?:!([\s\S]?))?(?::([\s\S]*))?$/

function formatField(field: string, formatting: Formatting, nesting: number): string {
  const match = FIELD.exec(field)
  if (match === null) throw new PythonValueError("expected ':' after conversion specifier")
  const [, name = '', path = '', conversion, spec = ''] = match
  formatting.call.scope.budget.spend()
  const start = argument(formatting.fields.resolve(name), formatting.call)
  const value = convert(walk(start, path, formatting), conversion)
  const text = formatValue(textOf(value), spec.includes('{') ? formatWith(spec, formatting, nesting - 1) : spec)
  return formatting.finish(value, text)
}

function argument(name: string, call: Call): unknown {
  if (/^\d+$/.test(name)) {
    if (Number(name) < call.args.length) return call.args[Number(name)]
    throw new PythonIndexError('tuple index out of range')
  }
  if (Object.hasOwn(call.kwargs, name)) return call.kwargs[name]
  throw new PythonKeyError(repr(name))
}

function walk(start: unknown, path: string, { call, access }: Formatting): unknown {
  let value = start
  for (const [, name, key = ''] of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    value =
      name === undefined
        ? access.item(value, /^\d+$/.test(key) ? Number(key) : key, call.scope)
        : access.attribute(value, name, call.scope)
  }
  return value
}

function convert(value: unknown, conversion: string | undefined): unknown {
  if (value instanceof Undefined) requireDefined(value)
  if (conversion === undefined) return value
  if (conversion === 'r') return repr(value)
  if (conversion === 's') return str(value)
  throw new PythonValueError(`Unknown conversion specifier '${conversion}'`)
}

/** Texts whose characters are exchanged by a table: `maketrans`, `translate`, `expandtabs`. */
import {
  type Dict,
  dictFrom,
  entriesOf,
  getKey,
  isDict,
  isInt,
  PythonTypeError,
  PythonValueError,
  requireHashable,
  typeName,
} from '@st2/python-values'
import type { Scope } from '../scope.ts'
import { codePoints, textAt } from '../text.ts'

/** @param given one mapping, or two texts of the same length and perhaps a third one of what is left out */
export function makeTranslation([from, to, without]: unknown[]): Dict {
  if (to === undefined) {
    if (!isDict(from)) {
      throw new PythonTypeError('if you give only one argument to maketrans it must be a dict')
    }
    return dictFrom(entriesOf(from).map(([key, value]) => [tableKey(key), value]))
  }
  const [source, target, left] = [from, to, without ?? ''].map((text, at) => {
    if (typeof text === 'string') return Array.from(text)
    throw new PythonTypeError(
      at === 0
        ? 'first maketrans argument must be a string if there is a second argument'
        : `maketrans() argument ${at + 1} must be str, not ${typeName(text)}`,
    )
  })
  if (source?.length !== target?.length) {
    throw new PythonValueError('the first two maketrans arguments must have equal length')
  }
  return dictFrom([
    ...(source ?? []).map((char, at): [unknown, unknown] => [codeOf(char), codeOf(target?.[at] ?? '')]),
    ...(left ?? []).map((char): [unknown, unknown] => [codeOf(char), null]),
  ])
}

function tableKey(key: unknown): unknown {
  if (isInt(key) || typeof key === 'boolean') return key
  if (typeof key !== 'string') throw new PythonTypeError('keys in translate table must be strings or integers')
  if (Array.from(key).length !== 1) throw new PythonValueError('string keys in translate table must be of length 1')
  return codeOf(key)
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0
}

export function translate(text: string, table: unknown, scope: Scope): string {
  const pieces: string[] = []
  let length = 0
  for (const char of text) {
    scope.budget.spend()
    const piece = translated(char, table)
    length += piece.length
    scope.budget.requireLength(length)
    pieces.push(piece)
  }
  return pieces.join('')
}

function translated(char: string, table: unknown): string {
  const value = entryOf(table, codeOf(char))
  if (value === undefined) return char
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (!isInt(value) && typeof value !== 'boolean') {
    throw new PythonTypeError('character mapping must return integer, None or str')
  }
  const code = Number(value)
  if (code < 0 || code > 0x10ffff) throw new PythonValueError('character mapping must be in range(0x110000)')
  return String.fromCodePoint(code)
}

/** `table[code]`; `undefined` where that is a LookupError. */
function entryOf(table: unknown, code: number): unknown {
  if (isDict(table)) {
    requireHashable(code)
    return getKey(table, code)
  }
  if (typeof table === 'string') return textAt(table, code)
  if (Array.isArray(table)) return code < table.length ? (table[code] ?? null) : undefined
  throw new PythonTypeError(`'${typeName(table)}' object is not subscriptable`)
}

export function expandTabs(text: string, tabSize: number, scope: Scope): string {
  const pieces: string[] = []
  let [column, length] = [0, 0]
  for (const char of codePoints(text)) {
    const isTab = char === '\t'
    const room = isTab ? (tabSize > 0 ? tabSize - (column % tabSize) : 0) : char.length
    length += room
    scope.budget.requireLength(length)
    pieces.push(isTab ? ' '.repeat(room) : char)
    column = char === '\n' || char === '\r' ? 0 : column + (isTab ? room : 1)
  }
  return pieces.join('')
}

/** Classes of characters and the folding of their case. */
import { PYTHON_SPACE } from '../convert.ts'
import type { Matches } from './syntax.ts'

const UNICODE_CLASSES: Record<string, RegExp> = {
  d: /\p{Nd}/u,
  w: /[\p{L}\p{N}_]/u,
  s: new RegExp(`[${PYTHON_SPACE}]`, 'u'),
}
const ASCII_CLASSES: Record<string, RegExp> = { d: /[0-9]/, w: /[0-9A-Za-z_]/, s: /[ \t-\r]/ }

/** The class behind `\d`, `\W` and the like; `undefined` for other letters. */
export function classOf(letter: string, ascii: boolean): Matches | undefined {
  const pattern = (ascii ? ASCII_CLASSES : UNICODE_CLASSES)[letter.toLowerCase()]
  if (pattern === undefined) return undefined
  const small = Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCodePoint(code)))
  const wanted = letter === letter.toLowerCase()
  return (code) => (code < 128 ? small[code] === true : pattern.test(String.fromCodePoint(code))) === wanted
}

export const isWord = classOf('w', false) ?? (() => false)

export function lower(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code
  const text = String.fromCodePoint(code).toLowerCase()
  const folded = text.codePointAt(0) ?? code
  return String.fromCodePoint(folded).length === text.length ? folded : code
}

function upper(code: number): number {
  const text = String.fromCodePoint(code).toUpperCase()
  const folded = text.codePointAt(0) ?? code
  return String.fromCodePoint(folded).length === text.length ? folded : code
}

/** The same class without regard to case. */
export function ignoringCase(matches: Matches): Matches {
  return (code) => matches(code) || matches(lower(code)) || matches(upper(code))
}

export function exactly(wanted: number): Matches {
  return (code) => code === wanted
}

/** Escapes of Python's string literals, shared by every reader of literals. */
import { PythonSyntaxError } from './errors.ts'

const SIMPLE: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const HEX_LENGTH: Record<string, number> = { x: 2, u: 4, U: 8 }

const ESCAPE = /\\(?:([0-7]{1,3})|([xuU])([0-9a-fA-F]*)|([\s\S]))/g

/**
 * Resolves the escapes of a text literal; an unknown escape keeps its backslash.
 *
 * @throws PythonSyntaxError `(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape`
 */
export function unescapeText(body: string): string {
  if (!body.includes('\\')) return body
  let text = ''
  let from = 0
  for (const match of body.matchAll(ESCAPE)) {
    text += body.slice(from, match.index)
    const [whole, octal, kind, hex = '', single = ''] = match
    from = match.index + whole.length
    if (octal !== undefined) text += String.fromCharCode(Number.parseInt(octal, 8))
    else if (kind === undefined) text += SIMPLE[single] ?? `\\${single}`
    else {
      const length = HEX_LENGTH[kind] ?? 0
      if (hex.length < length) throw truncated(kind, match.index, hex.length)
      text += fromCodePoint(Number.parseInt(hex.slice(0, length), 16), match.index) + hex.slice(length)
    }
  }
  return text + body.slice(from)
}

function truncated(kind: string, at: number, digits: number): PythonSyntaxError {
  const shape = `\\${kind}${'X'.repeat(HEX_LENGTH[kind] ?? 0)}`
  return decodeError(`${at}-${at + 1 + digits}`, `truncated ${shape} escape`)
}

function decodeError(positions: string, reason: string): PythonSyntaxError {
  return new PythonSyntaxError(
    `(unicode error) 'unicodeescape' codec can't decode bytes in position ${positions}: ${reason}`,
  )
}

function fromCodePoint(code: number, at: number): string {
  if (code > 0x10ffff) throw decodeError(`${at}-${at + 9}`, 'illegal Unicode character')
  return String.fromCodePoint(code)
}

import { PythonIndexError, PythonRegexError, type RegexMatch } from '@st2/python-values'
import type { Pattern } from './pattern.ts'

const TEMPLATE = /\\(?:g<([^>]*)(>?)|(0[0-7]{0,2}|[1-3][0-7]{2})|([1-9]\d?)|([\s\S]?))/g
const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** A replacement text: `\1`, `\g<1>` and `\g<name>` stand for groups. @throws PythonRegexError with Python's text */
export function expandTemplate(template: string, pattern: Pattern): (match: RegexMatch) => string {
  const parts: (string | number)[] = []
  let from = 0
  for (const found of template.matchAll(TEMPLATE)) {
    parts.push(template.slice(from, found.index), partOf(found, pattern))
    from = found.index + found[0].length
  }
  parts.push(template.slice(from))
  return (match) => parts.map((part) => (typeof part === 'string' ? part : (match.groups[part] ?? ''))).join('')
}

/** A text, or the number of the group it stands for. */
function partOf(found: RegExpExecArray, pattern: Pattern): string | number {
  const [, name, close, octal, digits, char = ''] = found
  const at = found.index
  if (name !== undefined) return groupNamed(name, close === '>', at, pattern)
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
  if (digits !== undefined) return requireGroup(Number(digits), at + 1, pattern)
  if (char === '') throw new PythonRegexError('bad escape (end of pattern)', at)
  const escaped = ESCAPES[char]
  if (escaped !== undefined) return escaped
  if (/[A-Za-z]/.test(char)) throw new PythonRegexError(`bad escape \\${char}`, at)
  return `\\${char}`
}

function groupNamed(name: string, isClosed: boolean, at: number, pattern: Pattern): number {
  if (name === '') throw new PythonRegexError('missing group name', at + 3)
  if (!isClosed) throw new PythonRegexError('missing >, unterminated name', at + 3)
  if (/^\d+$/.test(name)) return requireGroup(Number(name), at + 3, pattern)
  const index = pattern.names.get(name)
  if (index === undefined) throw new PythonIndexError(`unknown group name '${name}'`)
  return index
}

function requireGroup(index: number, at: number, pattern: Pattern): number {
  if (index > pattern.groups) throw new PythonRegexError(`invalid group reference ${index}`, at)
  return index
}

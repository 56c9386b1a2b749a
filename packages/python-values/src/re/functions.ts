/** The functions of Python's `re` that expressions use. */
import { PythonIndexError } from '../errors.ts'
import { PyTuple } from '../kinds.ts'
import { Regex, type RegexMatch, type RegexOptions } from './regex.ts'
import { PythonRegexError } from './syntax.ts'

/** `bool(re.match(…))`: the text begins with the pattern. */
export function matchStart(pattern: string, text: string, options: RegexOptions = {}): boolean {
  return new Regex(pattern, options).match(text) !== null
}

/** `bool(re.search(…))`: the pattern occurs anywhere. */
export function searchText(pattern: string, text: string, options: RegexOptions = {}): boolean {
  return new Regex(pattern, options).search(text) !== null
}

/** `re.findall`: whole matches, the group's text when there is one group, tuples when there are more. */
export function findAll(pattern: string, text: string, options: RegexOptions = {}): unknown[] {
  const regex = new Regex(pattern, options)
  return Array.from(regex.matchAll(text), ({ groups: [whole, ...groups] }): unknown => {
    if (regex.groups === 0) return whole
    const texts = groups.map((group) => group ?? '')
    return regex.groups === 1 ? texts[0] : PyTuple.from(texts)
  })
}

/** `re.sub`: every match replaced; `\1`, `\g<1>` and `\g<name>` stand for groups. */
export function substitute(pattern: string, replacement: string, text: string, options: RegexOptions = {}): string {
  const regex = new Regex(pattern, options)
  const expand = parseReplacement(replacement, regex)
  const points = Array.from(text)
  let result = ''
  let from = 0
  for (const match of regex.matchAll(text)) {
    result += points.slice(from, match.start).join('') + expand(match)
    from = match.end
  }
  return result + points.slice(from).join('')
}

/** `re.split`: the text between matches, with what groups caught in between. */
export function splitByRegex(pattern: string, text: string, options: RegexOptions = {}): (string | null)[] {
  const points = Array.from(text)
  const parts: (string | null)[] = []
  let from = 0
  for (const match of new Regex(pattern, options).matchAll(text)) {
    parts.push(points.slice(from, match.start).join(''), ...match.groups.slice(1))
    from = match.end
  }
  return [...parts, points.slice(from).join('')]
}

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

const REPLACEMENT = /\\(?:g<([^>]*)(>?)|(0[0-7]{0,2}|[1-3][0-7]{2})|([1-9]\d?)|([\s\S]?))/g

function parseReplacement(replacement: string, regex: Regex): (match: RegexMatch) => string {
  const parts: (string | number)[] = []
  let from = 0
  for (const found of replacement.matchAll(REPLACEMENT)) {
    parts.push(replacement.slice(from, found.index))
    parts.push(replacementPart(found, regex))
    from = found.index + found[0].length
  }
  parts.push(replacement.slice(from))
  return (match) => parts.map((part) => (typeof part === 'string' ? part : (match.groups[part] ?? ''))).join('')
}

/** A text, or the number of the group it stands for. */
function replacementPart(found: RegExpExecArray, regex: Regex): string | number {
  const [, name, close, octal, digits, char = ''] = found
  const at = found.index
  if (name !== undefined) return namedGroup(name, close === '>', at + 3, regex)
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) & 0xff)
  if (digits !== undefined) return existing(Number(digits), at + 1, regex)
  if (char === '') throw new PythonRegexError('bad escape (end of pattern)', at)
  const escaped = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined
  if (escaped === undefined && char === 'g') throw new PythonRegexError('missing <', at + 2)
  if (escaped === undefined && /[A-Za-z]/.test(char)) throw new PythonRegexError(`bad escape \\${char}`, at)
  return escaped ?? `\\${char}`
}

function namedGroup(name: string, isClosed: boolean, at: number, regex: Regex): number {
  if (name === '') throw new PythonRegexError('missing group name', at)
  if (!isClosed) throw new PythonRegexError('missing >, unterminated name', at)
  if (/^\d+$/.test(name)) return existing(Number(name), at, regex)
  const index = regex.names.get(name)
  if (index === undefined) throw new PythonIndexError(`unknown group name '${name}'`)
  return index
}

function existing(index: number, at: number, regex: Regex): number {
  if (index > regex.groups) throw new PythonRegexError(`invalid group reference ${index}`, at)
  return index
}

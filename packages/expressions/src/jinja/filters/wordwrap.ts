import { isNumeric, isTruthy, PythonTypeError, PythonValueError, str, typeName } from '@st2/python-values'
import { splitLines } from '../methods/string-methods.ts'
import { type Filter, filter } from '../registry.ts'
import type { Scope } from '../scope.ts'
import { codePoints, textLength } from '../text.ts'
import { integerArgument } from './numbers.ts'
import { requireText } from './require-text.ts'

interface Wrapping {
  width: number
  breakLongWords: boolean
  breakOnHyphens: boolean
}

/** @source jinja2: filters.py do_wordwrap; Python: textwrap.TextWrapper */
export const wordWrap: Filter = filter(
  'do_wordwrap',
  ['s', ['width', 79], ['break_long_words', true], ['wrapstring', null], ['break_on_hyphens', true]],
  ([value, width, breakLongWords, wrapString, breakOnHyphens], scope) => {
    const given = requireText(value, 'splitlines')
    const separator = wrapString === null ? '\n' : str(wrapString)
    const wrapping = {
      width: widthOf(width),
      breakLongWords: isTruthy(breakLongWords),
      breakOnHyphens: isTruthy(breakOnHyphens),
    }
    const lines = splitLines(given, false)
    const text = lines.map((line) => wrapLine(line, wrapping, scope).join(separator)).join(separator)
    scope.budget.requireLength(text.length)
    return text
  },
)

function widthOf(width: unknown): number {
  if (isNumeric(width)) return integerArgument(width)
  throw new PythonTypeError(`'<=' not supported between instances of '${typeName(width)}' and 'int'`)
}

const SPACE = '\\t\\n\\v\\f\\r '
const LETTER = '[\\p{L}_]'
const WORD = '[\\p{L}\\p{N}_]'
const MARK = '[\\p{L}\\p{N}_!"\'&.,?]'

/** Blanks, dashes between words, and words, which may end after a hyphen. */
const CHUNK = new RegExp(
  `[${SPACE}]+|(?<=${MARK})-{2,}(?=${WORD})|[^${SPACE}]+?(?:` +
    `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})|(?=[${SPACE}]|$)|(?<=${MARK})(?=-{2,}${WORD}))`,
  'gu',
)
const SIMPLE_CHUNK = new RegExp(`[${SPACE}]+|[^${SPACE}]+`, 'gu')

function wrapLine(line: string, wrapping: Wrapping, scope: Scope): string[] {
  if (wrapping.width <= 0) throw new PythonValueError(`invalid width ${wrapping.width} (must be > 0)`)
  const chunks = Array.from(line.matchAll(wrapping.breakOnHyphens ? CHUNK : SIMPLE_CHUNK), ([chunk]) => chunk)
  const queue = chunks.reverse()
  const lines: string[] = []
  while (queue.length > 0) {
    scope.budget.spend()
    if (lines.length > 0 && isBlank(queue.at(-1))) queue.pop()
    const current = takeLine(queue, wrapping)
    if (isBlank(current.at(-1))) current.pop()
    if (current.length > 0) lines.push(current.join(''))
  }
  return lines
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === ''
}

/** The chunks that fit on one line, taken from the end of the queue. */
function takeLine(queue: string[], wrapping: Wrapping): string[] {
  const current: string[] = []
  let length = 0
  for (let chunk = queue.at(-1); chunk !== undefined; chunk = queue.at(-1)) {
    const size = textLength(chunk)
    if (length + size > wrapping.width) break
    current.push(chunk)
    length += size
    queue.pop()
  }
  const next = queue.at(-1)
  if (next !== undefined && textLength(next) > wrapping.width) breakWord(next, queue, current, length, wrapping)
  return current
}

function breakWord(word: string, queue: string[], current: string[], length: number, wrapping: Wrapping): void {
  if (!wrapping.breakLongWords) {
    if (current.length === 0) current.push(queue.pop() ?? '')
    return
  }
  const room = wrapping.width - length
  const points = codePoints(word)
  const end = wrapping.breakOnHyphens ? hyphenEnd(points, room) : room
  current.push(Array.from(points.slice(0, end)).join(''))
  queue[queue.length - 1] = Array.from(points.slice(end)).join('')
}

/** Where to cut a long word: after its last hyphen that fits, unless only hyphens stand before it. */
function hyphenEnd(points: string | string[], room: number): number {
  const head = Array.from(points.slice(0, room))
  const hyphen = head.lastIndexOf('-')
  return hyphen > 0 && head.slice(0, hyphen).some((char) => char !== '-') ? hyphen + 1 : room
}

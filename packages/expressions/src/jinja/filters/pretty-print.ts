import {
  compare,
  type Dict,
  entriesOf,
  isDict,
  requireWithin,
  PythonTypeError,
  PyTuple,
  repr,
  typeName,
} from '@st2/python-values'
import { splitLines } from '../methods/string-methods.ts'
import { textLength } from '../text.ts'

const WIDTH = 80

/** Where a value begins on its line, and how much must still fit behind it. */
interface Place {
  indent: number
  allowance: number
  level: number
}

/** Python's `pprint.pformat`: keys sorted, one item a line where a container does not fit. */
export function prettyPrint(value: unknown, onStep: () => void): string {
  return new PrettyPrinter(onStep).format(value, { indent: 0, allowance: 0, level: 0 })
}

class PrettyPrinter {
  readonly #onStep: () => void

  constructor(onStep: () => void) {
    this.#onStep = onStep
  }

  format(value: unknown, { indent, allowance, level }: Place): string {
    this.#onStep()
    const short = this.#flat(value, level)
    if (textLength(short) <= WIDTH - indent - allowance) return short
    const place = { indent, allowance, level: level + 1 }
    if (typeof value === 'string') return this.#text(value, place)
    if (value instanceof PyTuple) return this.#items('(', value, value.length === 1 ? ',)' : ')', place)
    if (Array.isArray(value)) return this.#items('[', value, ']', place)
    if (value instanceof Set && value.size > 0) return this.#items('{', sortSafely([...value]), '}', place)
    return isDict(value) ? this.#dict(value, place) : short
  }

  /** On one line. */
  #flat(value: unknown, depth: number): string {
    requireWithin('valueDepth', depth)
    if (value instanceof PyTuple) {
      const [open, close] = ['(', value.length === 1 ? ',)' : ')']
      return open + value.map((item) => this.#flat(item, depth + 1)).join(', ') + close
    }
    if (Array.isArray(value)) return `[${value.map((item) => this.#flat(item, depth + 1)).join(', ')}]`
    if (!isDict(value)) return repr(value)
    const parts = sortedEntries(value).map(
      ([key, inner]) => `${this.#flat(key, depth + 1)}: ${this.#flat(inner, depth + 1)}`,
    )
    return `{${parts.join(', ')}}`
  }

  #items(open: string, items: unknown[], close: string, { indent, allowance, level }: Place): string {
    const inner = indent + 1
    const behind = allowance + close.length
    const parts = items.map((item, at) =>
      this.format(item, { indent: inner, allowance: at === items.length - 1 ? behind : 1, level }),
    )
    return open + parts.join(`,\n${' '.repeat(inner)}`) + close
  }

  #dict(dict: Dict, { indent, allowance, level }: Place): string {
    const entries = sortedEntries(dict)
    const inner = indent + 1
    const parts = entries.map(([key, value], at) => {
      const name = this.#flat(key, level)
      const behind = at === entries.length - 1 ? allowance + 1 : 1
      return `${name}: ${this.format(value, { indent: inner + textLength(name) + 2, allowance: behind, level })}`
    })
    return `{${parts.join(`,\n${' '.repeat(inner)}`)}}`
  }

  /** A long text as literals below each other, cut after newlines and blanks. */
  #text(text: string, { indent, allowance, level }: Place): string {
    const [margin, behind] = level === 1 ? [indent + 1, allowance + 1] : [indent, allowance]
    const lines = splitLines(text, true)
    const chunks = lines.flatMap((line, at) => {
      const isLast = at === lines.length - 1
      const whole = repr(line)
      if (textLength(whole) <= WIDTH - margin - (isLast ? behind : 0)) return [whole]
      return this.#pieces(line, WIDTH - margin, isLast ? behind : 0)
    })
    if (chunks.length === 1) return repr(lines.at(-1) ?? '')
    const joined = chunks.join(`\n${' '.repeat(margin)}`)
    return level === 1 ? `(${joined})` : joined
  }

  #pieces(line: string, width: number, behind: number): string[] {
    const parts = line.match(/\S+\s*|\s+/g) ?? []
    const pieces: string[] = []
    let current = ''
    for (const [at, part] of parts.entries()) {
      this.#onStep()
      const room = at === parts.length - 1 ? width - behind : width
      if (textLength(repr(current + part)) <= room) current += part
      else {
        if (current !== '') pieces.push(repr(current))
        current = part
      }
    }
    return current === '' ? pieces : [...pieces, repr(current)]
  }
}

function sortedEntries(dict: Dict): [unknown, unknown][] {
  return entriesOf(dict).sort(([left], [right]) => compareSafely(left, right))
}

function sortSafely(items: unknown[]): unknown[] {
  return items.sort(compareSafely)
}

/** What cannot be compared is put in order by the names of its kinds. @source Python: pprint._safe_key */
function compareSafely(left: unknown, right: unknown): number {
  try {
    return compare(left, right)
  } catch (error) {
    if (!(error instanceof PythonTypeError)) throw error
    const [a, b] = [typeName(left), typeName(right)]
    return a < b ? -1 : a > b ? 1 : 0
  }
}

import { repr } from '@st2/python-values'
import { isJsonObject } from './schema-type.ts'

/** Python's `pprint.pformat(value, width=…, sort_dicts=False)` for JSON values. */
export function prettyText(value: unknown, width: number): string {
  return new PrettyPrinter(width).format(value, 0, 0, 1)
}

class PrettyPrinter {
  private readonly width: number

  constructor(width: number) {
    this.width = width
  }

  /** @param allowance columns that closing brackets will take after the value */
  format(value: unknown, indent: number, allowance: number, level: number): string {
    const whole = repr(value)
    if (lengthOf(whole) <= this.width - indent - allowance) return whole
    if (typeof value === 'string') return this.text(value, indent, allowance, level)
    if (Array.isArray(value) && value.length > 0) return this.list(value, indent, allowance, level)
    if (isJsonObject(value) && Object.keys(value).length > 0) return this.object(value, indent, allowance, level)
    return whole
  }

  private list(items: readonly unknown[], indent: number, allowance: number, level: number): string {
    const last = items.length - 1
    const parts = items.map((item, index) =>
      this.format(item, indent + 1, index === last ? allowance + 1 : 1, level + 1),
    )
    return `[${parts.join(`,\n${' '.repeat(indent + 1)}`)}]`
  }

  private object(value: Readonly<Record<string, unknown>>, indent: number, allowance: number, level: number): string {
    const entries = Object.entries(value)
    const last = entries.length - 1
    const parts = entries.map(([name, item], index) => {
      const key = `${repr(name)}: `
      const after = index === last ? allowance + 1 : 1
      return key + this.format(item, indent + 1 + lengthOf(key), after, level + 1)
    })
    return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`
  }

  /** A long text is cut between its words into literals that stand beneath each other. */
  private text(value: string, indent: number, allowance: number, level: number): string {
    const isAlone = level === 1
    const own = isAlone ? indent + 1 : indent
    const chunks = this.chunks(value, this.width - own, isAlone ? allowance + 1 : allowance)
    if (chunks.length <= 1) return repr(value)
    const joined = chunks.join(`\n${' '.repeat(own)}`)
    return isAlone ? `(${joined})` : joined
  }

  private chunks(value: string, width: number, allowance: number): string[] {
    const chunks: string[] = []
    const lines = value.match(LINE) ?? []
    for (const [lineIndex, line] of lines.entries()) {
      const isLastLine = lineIndex === lines.length - 1
      if (lengthOf(repr(line)) <= width - (isLastLine ? allowance : 0)) {
        chunks.push(repr(line))
        continue
      }
      const words = line.match(WORD) ?? []
      let current = ''
      for (const [index, word] of words.entries()) {
        const isLastWord = isLastLine && index === words.length - 1
        if (lengthOf(repr(current + word)) <= width - (isLastWord ? allowance : 0)) current += word
        else {
          if (current !== '') chunks.push(repr(current))
          current = word
        }
      }
      if (current !== '') chunks.push(repr(current))
    }
    return chunks
  }
}

/** What Python's splitlines() takes for the end of a line, and what it takes for white space beyond JavaScript's. */
const LINE_END = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const SPACE = '\\s\\x1c-\\x1f\\x85'
const LINE = new RegExp(`[^${LINE_END}]*(?:\\r\\n|[${LINE_END}])|[^${LINE_END}]+`, 'g')
const WORD = new RegExp(`[^${SPACE}]+[${SPACE}]*|[${SPACE}]+`, 'g')

function lengthOf(text: string): number {
  return Array.from(text).length
}

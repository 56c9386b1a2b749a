import { type JsonType, type JsonVisitor, type Steps, walkJson } from './json-walker.ts'
import { ResultTarget } from './result-target.ts'

export interface TextLines {
  readonly lines: readonly string[]
  /** Places in `lines` of those that are not whole. */
  readonly cut: readonly number[]
  /** Of the whole text. */
  readonly total: number
}

export interface LinePage {
  readonly from: number
  readonly limit: number
}

/** Characters of one line that are told. */
const MAX_LINE = 10_000

/** A string of the result as lines; the type of the value instead when it is none, null when there is none. */
export async function resultLines(
  chunks: AsyncIterable<Uint8Array>,
  steps: Steps,
  page: LinePage,
): Promise<TextLines | JsonType | null> {
  const visitor = new LinesVisitor(steps, page)
  await walkJson(chunks, visitor)
  return visitor.type === 'string' ? visitor.found : visitor.type
}

class LinesVisitor implements JsonVisitor {
  readonly #target: ResultTarget
  readonly #page: LinePage
  readonly #lines: string[] = []
  readonly #cut: number[] = []
  #line = 0
  #length = 0
  readonly keyDepth: number
  type: JsonType | null = null

  constructor(steps: Steps, page: LinePage) {
    this.#target = new ResultTarget(steps)
    this.#page = page
    this.keyDepth = steps.length
  }

  get isDone(): boolean {
    return this.#target.isPast || (this.type !== null && this.type !== 'string')
  }

  get readsText(): boolean {
    return this.#target.isHere
  }

  get found(): TextLines {
    // What follows the last line break is a line only when there is something.
    const isEnded = this.#length === 0
    const isExtra = isEnded && this.#isOnPage(this.#line)
    return {
      lines: isExtra ? this.#lines.slice(0, -1) : this.#lines,
      cut: this.#cut,
      total: isEnded ? this.#line : this.#line + 1,
    }
  }

  begin(type: JsonType, _start: number, steps: Steps): void {
    if (!this.#target.begin(steps)) return
    this.type = type
    if (this.#isOnPage(0)) this.#lines.push('')
  }

  text(piece: string): void {
    if (!piece.includes('\n')) return this.#add(piece)
    const [first = '', ...others] = piece.split('\n')
    this.#add(first)
    for (const other of others) {
      this.#line += 1
      this.#length = 0
      if (this.#isOnPage(this.#line)) this.#lines.push('')
      this.#add(other)
    }
  }

  end(_end: number, steps: Steps): void {
    this.#target.end(steps)
  }

  #add(text: string): void {
    const before = this.#length
    this.#length += text.length
    if (!this.#isOnPage(this.#line) || before > MAX_LINE) return
    const place = this.#lines.length - 1
    this.#lines[place] += text.slice(0, MAX_LINE - before)
    if (this.#length > MAX_LINE) this.#cut.push(place)
  }

  #isOnPage(line: number): boolean {
    return line >= this.#page.from && line < this.#page.from + this.#page.limit
  }
}

import { type JsonType, type JsonVisitor, type Steps, walkJson } from './json-walker.ts'
import { formatResultPath } from './result-path.ts'

export interface ResultMatch {
  readonly path: string
  readonly kind: 'key' | Exclude<JsonType, 'object' | 'array'>
  /** Byte where the key or the value begins. */
  readonly start: number
  /** Byte where the line begins, or the part of a long line. */
  readonly offset: number
  /** Within the decoded text, from 0. */
  readonly line: number
  readonly column: number
  readonly excerpt: string
  /** Where the match begins in the excerpt. */
  readonly excerpt_column: number
}

export interface ResultSearch {
  readonly text: string
  readonly isCaseSensitive: boolean
  /** Bytes: what lies before is not told. */
  readonly from: number
  readonly limit: number
}

export interface FoundMatches {
  readonly matches: readonly ResultMatch[]
  /** Where to go on; null: that was all. */
  readonly next: number | null
}

/** Characters of a line that are kept; a longer one is looked through in parts. */
const MAX_LINE = 64 * 1024
const EXCERPT_LENGTH = 200
const EXCERPT_BEFORE = 60

/** Lines in which the text occurs, the first occurrence of each, in keys, strings and other scalars. */
export async function searchResult(chunks: AsyncIterable<Uint8Array>, search: ResultSearch): Promise<FoundMatches> {
  const visitor = new SearchVisitor(search)
  await walkJson(chunks, visitor)
  return { matches: visitor.matches, next: visitor.next }
}

class SearchVisitor implements JsonVisitor {
  readonly readsText = true
  readonly keyDepth = Number.POSITIVE_INFINITY
  readonly matches: ResultMatch[] = []
  next: number | null = null
  readonly #search: ResultSearch
  readonly #pattern: RegExp
  #kind: ResultMatch['kind'] = 'null'
  #start = 0
  #steps: Steps = []
  #line = 0
  #text = ''
  /** Where `#text` begins. */
  #offset = 0
  /** Characters of the line before `#text`. */
  #column = 0
  #isMatched = false

  constructor(search: ResultSearch) {
    this.#search = search
    this.#pattern = new RegExp(
      search.text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
      search.isCaseSensitive ? 'u' : 'iu',
    )
  }

  get isDone(): boolean {
    return this.next !== null
  }

  begin(type: JsonType, start: number, steps: Steps): void {
    if (type !== 'object' && type !== 'array') this.#beginText(type, start, steps)
  }

  key(key: string, start: number, steps: Steps): void {
    this.#beginText('key', start, steps)
    this.#text = key
    this.#look()
    this.#text = ''
  }

  text(piece: string, at: number): void {
    let from = 0
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      this.#add(piece.slice(from, end), at)
      this.#endLine(at)
      from = end + 1
    }
    this.#add(from === 0 ? piece : piece.slice(from), at)
  }

  end(): void {
    this.#look()
    this.#text = ''
  }

  #beginText(kind: ResultMatch['kind'], start: number, steps: Steps): void {
    this.#kind = kind
    this.#start = start
    // Only good during the walk of this value, which lasts as long as the text.
    this.#steps = steps
    this.#line = 0
    this.#beginLine(start)
  }

  #beginLine(offset: number): void {
    this.#text = ''
    this.#offset = offset
    this.#column = 0
    this.#isMatched = false
  }

  #add(text: string, at: number): void {
    this.#text += text
    if (this.#text.length <= MAX_LINE) return
    this.#look()
    // What is kept is too short for a match of its own.
    const kept = this.#search.text.length - 1
    this.#column += this.#text.length - kept
    this.#text = kept === 0 ? '' : this.#text.slice(-kept)
    this.#offset = at
    this.#isMatched = false
  }

  #endLine(at: number): void {
    this.#look()
    this.#line += 1
    this.#beginLine(at)
  }

  #look(): void {
    if (this.#isMatched || this.isDone || this.#offset < this.#search.from) return
    const column = this.#pattern.exec(this.#text)?.index
    if (column === undefined) return
    if (this.matches.length === this.#search.limit) {
      this.next = this.#offset
      return
    }
    this.#isMatched = true
    const begin = Math.max(0, Math.min(column - EXCERPT_BEFORE, this.#text.length - EXCERPT_LENGTH))
    this.matches.push({
      path: formatResultPath(this.#steps),
      kind: this.#kind,
      start: this.#start,
      offset: this.#offset,
      line: this.#line,
      column: this.#column + column,
      excerpt: this.#text.slice(begin, begin + EXCERPT_LENGTH),
      excerpt_column: column - begin,
    })
  }
}

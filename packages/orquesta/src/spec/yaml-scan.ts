import { type Place, placeKey, type SpecPath } from './places.ts'

/** What the structure of a YAML text shows that its value does not. */
export interface YamlScan {
  /** Of keys and of list entries. */
  places: Map<string, Place>
  /** Keys that stand twice in one mapping, in the order of the text. */
  duplicates: string[]
  /** Paths of numbers that were written with a point. */
  floats: Set<string>
}

/**
 * Walks the structure of a text that is known to be readable YAML. It stops at what no definition needs (complex keys, several
 * documents): what stands behind has no places.
 */
export function scanYaml(text: string): YamlScan {
  const scanner = new YamlScanner(text)
  try {
    scanner.scan()
  } catch (error) {
    if (!(error instanceof UnusualYaml)) throw error
  }
  return scanner.found
}

class UnusualYaml extends Error {
  override readonly name = 'UnusualYaml'
}

interface Key {
  text: string
  offset: number
}

const PLAIN_FLOAT = /^[-+]?(?:\d[\d_]*)?\.[\d_]*(?:[eE][-+]\d+)?$/
const LINE_END = /[\r\n]/g
const BLANKS = /\s*/y
/** Deeper than the reader itself goes. */
const MAX_DEPTH = 250

class YamlScanner {
  readonly #text: string
  readonly #lineStarts: number[]
  readonly found: YamlScan = { places: new Map(), duplicates: [], floats: new Set() }
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, '')
    this.#lineStarts = [0, ...Array.from(this.#text.matchAll(/\r\n|\r|\n/g), (found) => found.index + found[0].length)]
  }

  scan(): void {
    this.#skipBlank()
    while (this.#column() === 0 && (this.#peek() === '%' || this.#startsWith('---'))) {
      if (this.#peek() === '%') this.#skipLine()
      else this.#at += 3
      this.#skipBlank()
    }
    if (this.#at < this.#text.length) this.#node(-1, [])
    this.#skipBlank()
    if (this.#startsWith('...')) this.#skipLine()
    this.#skipBlank()
    if (this.#at < this.#text.length) throw new UnusualYaml()
  }

  /** @param parent the column that everything of the node is to the right of */
  #node(parent: number, path: SpecPath): void {
    if (++this.#depth > MAX_DEPTH) throw new UnusualYaml()
    this.#properties()
    const sign = this.#peek()
    if (sign === '{' || sign === '[') this.#flow(path)
    else if (sign === '|' || sign === '>') this.#blockScalar(parent)
    else if (this.#isSign('-')) this.#sequence(path)
    else if (this.#isSign('?')) throw new UnusualYaml()
    else if (sign !== '*' || !/^\*[^\s,\]}]+[ \t]*(?:#|\r|\n|$)/.test(this.#text.slice(this.#at, this.#at + 200))) {
      this.#mappingOrScalar(parent, path)
    } else this.#skipLine()
    this.#depth--
  }

  /** Anchors and tags. */
  #properties(): void {
    while (this.#peek() === '&' || this.#peek() === '!') {
      while (/\S/.test(this.#peek())) this.#at++
      this.#skipBlank()
    }
  }

  #sequence(path: SpecPath): void {
    const column = this.#column()
    for (let index = 0; this.#column() === column && this.#isSign('-'); index++) {
      const entry = [...path, index]
      this.#mark(entry, this.#at)
      const line = this.#line()
      this.#at++
      this.#skipBlank()
      const isHere = this.#line() === line || this.#column() > column
      if (isHere && this.#at < this.#text.length) this.#node(column, entry)
      this.#skipBlank()
    }
  }

  #mappingOrScalar(parent: number, path: SpecPath): void {
    const column = this.#column()
    const start = this.#at
    const first = this.#key()
    if (first === null) {
      this.#at = start
      this.#scalar(parent, path)
      return
    }
    const seen = new Set<string>()
    for (let key: Key | null = first; key !== null; key = this.#nextKey(column)) {
      this.#enter(seen, key, path)
      this.#value(column, [...path, key.text])
      this.#skipBlank()
    }
  }

  #nextKey(column: number): Key | null {
    if (this.#at >= this.#text.length || this.#column() !== column || this.#isSign('-') || this.#isEnd()) return null
    if (this.#isSign('?')) throw new UnusualYaml()
    const key = this.#key()
    if (key === null) throw new UnusualYaml()
    return key
  }

  #enter(seen: Set<string>, key: Key, path: SpecPath): void {
    if (seen.has(key.text)) this.found.duplicates.push(key.text)
    seen.add(key.text)
    this.#mark([...path, key.text], key.offset)
  }

  /** What stands behind a key's colon. A list may stand in the key's own column. */
  #value(column: number, path: SpecPath): void {
    const line = this.#line()
    this.#skipBlank()
    if (this.#at >= this.#text.length || this.#isEnd()) return
    const isHere = this.#line() === line || this.#column() > column
    if (isHere || (this.#column() === column && this.#isSign('-'))) this.#node(column, path)
  }

  /** Takes a key and its colon; null where there is none on the line. */
  #key(): Key | null {
    const offset = this.#at
    const quote = this.#peek()
    const text = quote === '"' || quote === "'" ? this.#quoted() : this.#plainKey()
    if (text === null) return null
    while (this.#peek() === ' ') this.#at++
    if (!this.#isSign(':')) return null
    this.#at++
    return { text, offset }
  }

  #plainKey(): string | null {
    const end = this.#lineEnd()
    const line = this.#text.slice(this.#at, end)
    const colon = /:(?=[ \t]|$)/.exec(line)
    const comment = /[ \t]#/.exec(line)
    if (colon === null || (comment !== null && comment.index < colon.index)) return null
    this.#at += colon.index
    return line.slice(0, colon.index).trimEnd()
  }

  #quoted(): string {
    const quote = this.#peek()
    const start = this.#at++
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#peek()
      if (quote === '"' && sign === '\\') this.#at++
      else if (sign === quote && quote === "'" && this.#text[this.#at + 1] === quote) this.#at++
      else if (sign === quote) break
    }
    const inner = this.#text.slice(start + 1, this.#at++)
    return quote === "'" ? inner.replaceAll("''", "'") : unescaped(inner)
  }

  #scalar(parent: number, path: SpecPath): void {
    if (this.#peek() === '"' || this.#peek() === "'") {
      this.#quoted()
      return
    }
    const end = this.#lineEnd()
    const text = this.#text
      .slice(this.#at, end)
      .replace(/[ \t]#.*$/, '')
      .trim()
    this.#at = end
    this.#skipBlank()
    const isOneLine = this.#at >= this.#text.length || this.#column() <= parent || this.#isEnd()
    if (isOneLine) this.#number(text, path)
    while (this.#at < this.#text.length && this.#column() > parent && !this.#isEnd()) {
      this.#skipLine()
      this.#skipBlank()
    }
  }

  #number(text: string, path: SpecPath): void {
    if (/\d/.test(text) && PLAIN_FLOAT.test(text)) this.found.floats.add(placeKey(path))
  }

  /** Its lines are those to the right of the parent; blank ones belong to it as well. */
  #blockScalar(parent: number): void {
    this.#skipLine()
    while (this.#at < this.#text.length) {
      const end = this.#lineEnd()
      const line = this.#text.slice(this.#at, end)
      const indent = line.search(/\S/)
      if (indent !== -1 && indent <= parent) return
      if (parent === -1 && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) return
      this.#skipLine()
    }
  }

  #flow(path: SpecPath): void {
    const isMapping = this.#peek() === '{'
    const seen = new Set<string>()
    this.#at++
    for (let index = 0; ; index++) {
      this.#skipBlank()
      if (this.#at >= this.#text.length) throw new UnusualYaml()
      if (this.#peek() === (isMapping ? '}' : ']')) break
      if (isMapping) this.#flowPair(seen, path)
      else this.#flowEntry([...path, index])
      this.#skipBlank()
      if (this.#peek() === ',') this.#at++
    }
    this.#at++
  }

  #flowPair(seen: Set<string>, path: SpecPath): void {
    this.#properties()
    const offset = this.#at
    const isQuoted = this.#peek() === '"' || this.#peek() === "'"
    const text = isQuoted ? this.#quoted() : this.#flowPlain()
    if (text === '' && !isQuoted) throw new UnusualYaml()
    this.#enter(seen, { text, offset }, path)
    this.#skipBlank()
    if (this.#peek() !== ':') return
    this.#at++
    this.#skipBlank()
    if (this.#peek() !== ',' && this.#peek() !== '}') this.#flowNode([...path, text])
  }

  #flowEntry(path: SpecPath): void {
    const offset = this.#at
    this.#mark(path, offset)
    const scalar = this.#flowNode(path)
    this.#skipBlank()
    if (this.#peek() !== ':' || scalar === null) return
    // a pair without braces
    this.#at++
    this.#mark([...path, scalar], offset)
    this.#skipBlank()
    this.#flowNode([...path, scalar])
  }

  /** @returns the text of a scalar */
  #flowNode(path: SpecPath): string | null {
    if (++this.#depth > MAX_DEPTH) throw new UnusualYaml()
    this.#properties()
    const sign = this.#peek()
    const isCollection = sign === '{' || sign === '['
    const isQuoted = sign === '"' || sign === "'"
    const text = isCollection ? null : isQuoted ? this.#quoted() : this.#flowPlain()
    if (isCollection) this.#flow(path)
    else if (!isQuoted) this.#number(text ?? '', path)
    this.#depth--
    return text
  }

  #flowPlain(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !/[,{}[\]]/.test(this.#peek())) {
      if (this.#peek() === ':' && /[\s,{}[\]]|^$/.test(this.#text[this.#at + 1] ?? '')) break
      if (this.#peek() === '#' && /\s/.test(this.#text[this.#at - 1] ?? '')) break
      this.#at++
    }
    if (this.#at === start) throw new UnusualYaml()
    return this.#text.slice(start, this.#at).trim()
  }

  /** An indicator followed by a blank. */
  #isSign(sign: string): boolean {
    return this.#peek() === sign && /\s|^$/.test(this.#text[this.#at + 1] ?? '')
  }

  /** The end of the document. */
  #isEnd(): boolean {
    return this.#column() === 0 && (this.#startsWith('---') || this.#startsWith('...'))
  }

  #mark(path: SpecPath, offset: number): void {
    this.found.places.set(placeKey(path), this.#place(offset))
  }

  #place(offset: number): Place {
    let [low, high] = [0, this.#lineStarts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 }
  }

  #line(): number {
    return this.#place(this.#at).line
  }

  #column(): number {
    return this.#place(this.#at).column - 1
  }

  #peek(): string {
    return this.#text[this.#at] ?? ''
  }

  #startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  #lineEnd(): number {
    LINE_END.lastIndex = this.#at
    return LINE_END.exec(this.#text)?.index ?? this.#text.length
  }

  #skipLine(): void {
    const { line } = this.#place(this.#at)
    this.#at = this.#lineStarts[line] ?? this.#text.length
  }

  /** Blanks, line ends and comments. */
  #skipBlank(): void {
    for (;;) {
      BLANKS.lastIndex = this.#at
      BLANKS.test(this.#text)
      this.#at = BLANKS.lastIndex
      if (this.#peek() !== '#') return
      this.#skipLine()
    }
  }
}

function unescaped(inner: string): string {
  try {
    return String(JSON.parse(`"${inner}"`))
  } catch (error) {
    if (error instanceof SyntaxError) return inner
    throw error
  }
}

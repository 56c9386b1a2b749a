import { makeFloat, makeInt, PythonValueError, requireWithin, toFloat, toInt } from '@st2/python-values'

/** What the reader makes of collections. */
export interface JsonBuilder {
  list: (items: unknown[]) => unknown
  dict: (entries: [string, unknown][]) => unknown
}

/**
 * Python's own `json.loads`: unlike the platform's strict reader it takes NaN, Infinity and integers of any size.
 *
 * @throws PythonValueError a JSONDecodeError with line, column and character
 */
export function loadJson(text: string, builder: JsonBuilder): unknown {
  return new JsonReader(text, builder).read()
}

const SPACE = /[ \t\n\r]*/y
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y
// everything from the blank on, without quotation mark and backslash
const CHUNK = /[ !#-[\]-\uffff]*/y
const WORDS: [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class JsonReader {
  readonly #text: string
  readonly #builder: JsonBuilder
  #at = 0
  #depth = 0

  constructor(text: string, builder: JsonBuilder) {
    this.#text = text
    this.#builder = builder
  }

  read(): unknown {
    if (this.#text.startsWith('\ufeff')) throw this.#error('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0)
    this.#space()
    const value = this.#value()
    this.#space()
    if (this.#at !== this.#text.length) throw this.#error('Extra data', this.#at)
    return value
  }

  #value(): unknown {
    const char = this.#text[this.#at]
    if (char === '"') return this.#string()
    if (char === '{') return this.#nested(() => this.#object())
    if (char === '[') return this.#nested(() => this.#array())
    const word = WORDS.find(([name]) => this.#text.startsWith(name, this.#at))
    if (word !== undefined) {
      this.#at += word[0].length
      return word[1]
    }
    return this.#number()
  }

  #nested(read: () => unknown): unknown {
    requireWithin('valueDepth', ++this.#depth)
    this.#at++
    const value = read()
    this.#depth--
    return value
  }

  #number(): unknown {
    NUMBER.lastIndex = this.#at
    const match = NUMBER.exec(this.#text)
    if (match === null) throw this.#error('Expecting value', this.#at)
    const [whole, integer = '0', fraction, exponent] = match
    this.#at += whole.length
    if (fraction === undefined && exponent === undefined) return makeInt(BigInt(toInt(integer)))
    return makeFloat(toFloat(whole))
  }

  #array(): unknown {
    const items: unknown[] = []
    this.#space()
    if (this.#skip(']')) return this.#builder.list(items)
    for (;;) {
      items.push(this.#value())
      this.#space()
      if (this.#skip(']')) return this.#builder.list(items)
      if (!this.#skip(',')) throw this.#error("Expecting ',' delimiter", this.#at)
      this.#space()
    }
  }

  #object(): unknown {
    const entries: [string, unknown][] = []
    this.#space()
    if (this.#skip('}')) return this.#builder.dict(entries)
    for (;;) {
      if (this.#text[this.#at] !== '"') {
        throw this.#error('Expecting property name enclosed in double quotes', this.#at)
      }
      const key = this.#string()
      this.#space()
      if (!this.#skip(':')) throw this.#error("Expecting ':' delimiter", this.#at)
      this.#space()
      entries.push([key, this.#value()])
      this.#space()
      if (this.#skip('}')) return this.#builder.dict(entries)
      if (!this.#skip(',')) throw this.#error("Expecting ',' delimiter", this.#at)
      this.#space()
    }
  }

  #string(): string {
    const begin = this.#at++
    let text = ''
    for (;;) {
      CHUNK.lastIndex = this.#at
      const chunk = CHUNK.exec(this.#text)?.[0] ?? ''
      text += chunk
      this.#at += chunk.length
      const end = this.#text[this.#at]
      if (end === undefined) throw this.#error('Unterminated string starting at', begin)
      if (end === '"') {
        this.#at++
        return text
      }
      if (end !== '\\') throw this.#error('Invalid control character at', this.#at)
      text += this.#escape(begin)
    }
  }

  #escape(begin: number): string {
    const char = this.#text[this.#at + 1]
    if (char === undefined) throw this.#error('Unterminated string starting at', begin)
    if (char !== 'u') {
      const escaped = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined
      if (escaped === undefined) throw this.#error('Invalid \\escape', this.#at)
      this.#at += 2
      return escaped
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6)
    if (!/^[\da-fA-F]{4}$/.test(digits)) throw this.#error('Invalid \\uXXXX escape', this.#at + 1)
    this.#at += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #space(): void {
    SPACE.lastIndex = this.#at
    this.#at += SPACE.exec(this.#text)?.[0].length ?? 0
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #error(reason: string, at: number): PythonValueError {
    const before = this.#text.slice(0, at)
    const points = Array.from(before).length
    const line = before.split('\n').length
    const column = points - Array.from(before.slice(0, before.lastIndexOf('\n') + 1)).length + 1
    return new PythonValueError(`${reason}: line ${line} column ${column} (char ${points})`, {}, 'JSONDecodeError')
  }
}

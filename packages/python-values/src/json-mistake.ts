/**
 * Where a text stops being JSON, in the words of upstream's reader. The engine's own messages name no place for short texts, and
 * differ between engines; and it takes what upstream refuses: halves of surrogate pairs, and numbers beyond the largest float.
 */
export interface JsonMistake {
  reason: string
  /** Index in the text. */
  at: number
}

/** Arrays and objects inside of each other that upstream's reader takes. */
export const MAX_JSON_NESTING = 1024

/** The first place that upstream's reader refuses; null for a text that it takes. */
export function findMistake(text: string): JsonMistake | null {
  if (text === '') return mistake('Input is a zero-length, empty document', 0)
  const scanner = new Scanner(text)
  try {
    scanner.document()
    return null
  } catch (error) {
    if (error instanceof Found) return { reason: error.message, at: error.at }
    throw error
  }
}

function mistake(reason: string, at: number): JsonMistake {
  return { reason, at }
}

class Found extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'more'

const BLANKS = /[ \t\n\r]*/y
const NUMBER = /-?\d*(?:\.\d*)?(?:[eE][+-]?\d*)?/y
const WORDS: Record<string, string> = { t: 'true', f: 'false', n: 'null' }

class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): void {
    this.#skipBlanks()
    if (this.#isAtEnd) throw new Found('input data is empty', 0)
    const open: string[] = []
    let expected: Expected | 'nothing' = 'value'
    let comma = 0
    while (expected !== 'nothing') {
      this.#skipBlanks()
      if (this.#isAtEnd) throw this.#endOfData()
      const char = this.#text[this.#at] ?? ''
      const close = open.at(-1)
      if (char === close && expected !== 'value' && expected !== 'key') {
        this.#at++
        open.pop()
        expected = open.length === 0 ? 'nothing' : 'more'
      } else if (char === close && this.#text[comma] === ',') {
        throw new Found('trailing comma is not allowed', comma)
      } else if (expected === 'more') {
        if (char !== ',') throw this.#unexpected()
        comma = this.#at++
        expected = close === '}' ? 'key' : 'value'
      } else if (expected === 'key' || expected === 'first-key') {
        this.#key()
        comma = this.#at
        expected = 'value'
      } else if (char === '[' || char === '{') {
        if (open.push(char === '[' ? ']' : '}') > MAX_JSON_NESTING) {
          throw new Found('array and object recursion depth exceeded', this.#at + 1)
        }
        comma = this.#at++
        expected = char === '[' ? 'first-value' : 'first-key'
      } else {
        this.#scalar(char)
        expected = open.length === 0 ? 'nothing' : 'more'
      }
    }
    this.#skipBlanks()
    if (!this.#isAtEnd) throw new Found('unexpected content after document', this.#at)
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  #skipBlanks(): void {
    BLANKS.lastIndex = this.#at
    BLANKS.test(this.#text)
    this.#at = BLANKS.lastIndex
  }

  #endOfData(): Found {
    return new Found('unexpected end of data', this.#text.length)
  }

  #unexpected(): Found {
    return new Found('unexpected character', this.#at)
  }

  #key(): void {
    if (this.#text[this.#at] !== '"') throw this.#unexpected()
    this.#string()
    this.#skipBlanks()
    if (this.#isAtEnd) throw this.#endOfData()
    if (this.#text[this.#at] !== ':') throw this.#unexpected()
    this.#at++
  }

  #scalar(char: string): void {
    if (char === '"') this.#string()
    else if (char === '-' || (char >= '0' && char <= '9')) this.#number()
    else this.#word(char)
  }

  #word(char: string): void {
    const word = Object.hasOwn(WORDS, char) ? WORDS[char] : undefined
    if (word !== undefined && this.#text.startsWith(word, this.#at)) {
      this.#at += word.length
      return
    }
    const rest = this.#text.slice(this.#at)
    if (word !== undefined && word.startsWith(rest)) throw this.#endOfData()
    if (char === 't' || char === 'f' || char === 'n') throw new Found('invalid literal', this.#at)
    throw this.#unexpected()
  }

  #number(): void {
    const start = this.#at
    NUMBER.lastIndex = start
    const source = NUMBER.exec(this.#text)?.[0] ?? ''
    const end = start + source.length
    const isCut = end === this.#text.length
    const digits = source.startsWith('-') ? start + 1 : start
    const whole = /^-?(\d*)/.exec(source)?.[1] ?? ''
    if (whole === '') throw isCut ? this.#endOfData() : new Found('no digit after minus sign', digits)
    if (whole.length > 1 && whole.startsWith('0')) {
      throw new Found('number with leading zero is not allowed', digits)
    }
    const point = source.indexOf('.')
    if (point !== -1 && !/^\d/.test(source.slice(point + 1))) {
      throw isCut && point === source.length - 1
        ? this.#endOfData()
        : new Found('no digit after decimal point', start + point + 1)
    }
    const exponent = /[eE][+-]?/.exec(source)
    if (exponent !== null && exponent.index + exponent[0].length === source.length) {
      throw isCut ? this.#endOfData() : new Found('no digit after exponent sign', end)
    }
    if (!Number.isFinite(Number(source))) throw new Found('number is infinity when parsed as double', start)
    this.#at = end
  }

  #string(): void {
    this.#at++
    for (;;) {
      if (this.#isAtEnd) throw this.#endOfData()
      const char = this.#text[this.#at] ?? ''
      if (char === '"') break
      if (char === '\\') this.#escape()
      else if (char < ' ') throw new Found('unexpected control character in string', this.#at)
      else this.#at++
    }
    this.#at++
  }

  #escape(): void {
    const char = this.#text[this.#at + 1]
    if (char === undefined) throw this.#endOfData()
    if (char !== 'u') {
      if (!'"\\/bfnrt'.includes(char)) throw new Found('invalid escaped character in string', this.#at + 1)
      this.#at += 2
      return
    }
    const start = this.#at
    const unit = this.#unit()
    if (unit >= 0xdc00 && unit <= 0xdfff) throw new Found('invalid high surrogate in string', start)
    if (unit < 0xd800 || unit > 0xdfff) return
    if (!this.#text.startsWith('\\u', this.#at)) throw new Found('no low surrogate in string', this.#at)
    const second = this.#at
    const low = this.#unit()
    if (low < 0xdc00 || low > 0xdfff) throw new Found('invalid low surrogate in string', second)
  }

  /** `\u` and four digits. */
  #unit(): number {
    const digits = /^[0-9a-fA-F]*/.exec(this.#text.slice(this.#at + 2, this.#at + 6))?.[0] ?? ''
    if (digits.length < 4) {
      throw this.#at + 2 + digits.length >= this.#text.length
        ? this.#endOfData()
        : new Found('invalid escaped sequence in string', this.#at)
    }
    this.#at += 6
    return Number.parseInt(digits, 16)
  }
}

/** Where the text cannot be read on; the reader turns it into a YamlError. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault'
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const NEL = 0x85
const LINE_SEPARATOR = 0x2028
const PARAGRAPH_SEPARATOR = 0x2029

export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === NEL || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB
}

/** Blank, line break, or the end of the text, whose code is NaN. */
function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreak(code) || Number.isNaN(code)
}

/** `# …` to the end of its line, without the line break. */
export interface Comment {
  start: number
  end: number
}

/** A place in the text that knows its line and column. */
export class Cursor {
  readonly text: string
  /** Those passed so far. */
  readonly comments: Comment[] = []
  offset = 0
  /** 0-based. */
  line = 0
  column = 0

  constructor(text: string) {
    this.text = text
  }

  /** UTF-16 unit at the cursor or beyond it; NaN past the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead)
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length
  }

  is(char: string, ahead = 0): boolean {
    return this.text[this.offset + ahead] === char
  }

  isOneOf(chars: string, ahead = 0): boolean {
    const char = this.text[this.offset + ahead]
    return char !== undefined && chars.includes(char)
  }

  isBlankOrEnd(ahead = 0): boolean {
    return isBlankOrEnd(this.code(ahead))
  }

  /** Moves within the line. */
  skip(count = 1): void {
    this.offset += count
    this.column += count
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.skip()
  }

  skipComment(): void {
    if (!this.is('#')) return
    const start = this.offset
    while (!this.isAtEnd && !isBreak(this.code())) this.skip()
    this.comments.push({ start, end: this.offset })
  }

  /** Takes one line break, CR LF being one; gives what it stands for in a scalar. */
  takeBreak(): string {
    const code = this.code()
    this.offset += code === CR && this.code(1) === LF ? 2 : 1
    this.line += 1
    this.column = 0
    return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR ? String.fromCharCode(code) : '\n'
  }

  /** `---` or `...` at the start of a line. */
  get isAtDocumentMark(): boolean {
    if (this.column !== 0 || !this.isBlankOrEnd(3)) return false
    return this.text.startsWith('---', this.offset) || this.text.startsWith('...', this.offset)
  }

  fail(reason: string, offset = this.offset): never {
    throw new SyntaxFault(reason, offset)
  }
}

import { type Comment, Cursor, isBreak } from './cursor.ts'
import { takeBlockScalar, takeDoubleQuoted, takePlain, takeSingleQuoted } from './scalar-text.ts'

export type Token =
  | { kind: Mark; offset: number }
  | ScalarToken
  | { kind: 'anchor' | 'alias'; offset: number; name: string }
  | { kind: 'tag'; offset: number; handle: string; suffix: string }
  | { kind: 'version'; offset: number; version: string }
  | { kind: 'prefix'; offset: number; handle: string; prefix: string }

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded'

export interface ScalarToken {
  kind: 'scalar'
  offset: number
  /** Behind its last character; of a block scalar behind the last line that counts. */
  end: number
  text: string
  style: ScalarStyle
}

type Mark =
  | 'document-start'
  | 'document-end'
  | 'stream-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'entry'
  | 'key'
  | 'value'
  | '['
  | ']'
  | '{'
  | '}'
  | ','

/** Something that turns out to be a key if a `:` follows it on the same line. */
interface PossibleKey {
  tokenIndex: number
  /** It stands where a block mapping must have a key. */
  isRequired: boolean
  offset: number
  line: number
  column: number
}

/** A key on one line may be this long, in characters, up to its `:`. */
const MAX_SIMPLE_KEY = 1024

/**
 * Cuts a text into the tokens of YAML 1.1 as libyaml does, indentation included: `block-mapping`, `block-sequence` and
 * `block-end` stand where it changes. Whether something is a key shows only at its `:`, so tokens are put in before it.
 *
 * @throws SyntaxFault
 */
export function tokensOf(text: string, maxDepth: number): ScannedText {
  const scanner = new Scanner(text, maxDepth)
  return { tokens: scanner.scan(), comments: scanner.comments }
}

export interface ScannedText {
  tokens: Token[]
  comments: readonly Comment[]
}

class Scanner {
  private readonly cursor: Cursor
  private readonly maxDepth: number
  private readonly tokens: Token[] = []
  /** Column of the block collection the cursor is in, -1 outside of all. */
  private indent = -1
  private readonly outerIndents: number[] = []
  /** One per flow level, the block context first. */
  private readonly possibleKeys: (PossibleKey | null)[] = [null]
  private mayStartKey = true

  constructor(text: string, maxDepth: number) {
    this.cursor = new Cursor(text)
    this.maxDepth = maxDepth
    if (text.startsWith('\uFEFF')) this.cursor.offset = 1
  }

  get comments(): readonly Comment[] {
    return this.cursor.comments
  }

  scan(): Token[] {
    for (;;) {
      this.skipToToken()
      this.dropStaleKeys()
      this.closeBlocks(this.cursor.column)
      if (this.cursor.isAtEnd) break
      this.takeToken()
    }
    this.closeBlocks(-1)
    this.dropKey()
    this.push('stream-end')
    return this.tokens
  }

  private get isInFlow(): boolean {
    return this.possibleKeys.length > 1
  }

  private skipToToken(): void {
    const { cursor } = this
    for (;;) {
      while (cursor.is(' ') || (cursor.is('\t') && (this.isInFlow || !this.mayStartKey))) cursor.skip()
      cursor.skipComment()
      if (!isBreak(cursor.code())) return
      cursor.takeBreak()
      if (!this.isInFlow) this.mayStartKey = true
    }
  }

  private takeToken(): void {
    const { cursor } = this
    if (cursor.column === 0 && cursor.is('%')) return this.takeDirective()
    if (cursor.isAtDocumentMark) return this.takeDocumentMark()
    switch (cursor.text[cursor.offset]) {
      case '[':
      case '{':
        return this.openFlow(cursor.is('[') ? '[' : '{')
      case ']':
      case '}':
        return this.closeFlow(cursor.is(']') ? ']' : '}')
      case ',':
        return this.takeComma()
      case '-':
        return cursor.isBlankOrEnd(1) ? this.takeEntry() : this.takePlain()
      case '?':
        return this.isInFlow || cursor.isBlankOrEnd(1) ? this.takeKey() : this.takePlain()
      case ':':
        return this.isInFlow || cursor.isBlankOrEnd(1) ? this.takeValue() : this.takePlain()
      case '*':
        return this.takeName('alias')
      case '&':
        return this.takeName('anchor')
      case '!':
        return this.takeTag()
      case "'":
        return this.takeQuoted('single-quoted', takeSingleQuoted)
      case '"':
        return this.takeQuoted('double-quoted', takeDoubleQuoted)
      case '|':
      case '>':
        return this.isInFlow ? this.refuseChar() : this.takeBlockScalar()
      case '#':
      case '%':
      case '@':
      case '`':
      case '\t':
        return this.refuseChar()
      default:
        return this.takePlain()
    }
  }

  private refuseChar(): never {
    return this.cursor.fail('found character that cannot start any token')
  }

  private takeDirective(): void {
    const { cursor } = this
    this.closeBlocks(-1)
    this.dropKey()
    this.mayStartKey = false
    const offset = cursor.offset
    let line = ''
    while (!cursor.isAtEnd && !isBreak(cursor.code())) {
      line += cursor.text.charAt(cursor.offset)
      cursor.skip()
    }
    const [name, ...words] = line
      .replace(/[ \t]#.*$/, '')
      .trim()
      .split(/[ \t]+/)
    if (name === '%YAML') this.tokens.push({ kind: 'version', offset, version: this.version(words, offset) })
    else if (name === '%TAG') this.tokens.push({ kind: 'prefix', offset, ...this.tagPrefix(words, offset) })
    else cursor.fail('found unknown directive name', offset)
  }

  private version(words: readonly string[], offset: number): string {
    const [version = '', ...more] = words
    if (!/^[0-9]+\.[0-9]+$/.test(version) || more.length > 0) {
      this.cursor.fail('did not find expected version number', offset)
    }
    return version
  }

  private tagPrefix(words: readonly string[], offset: number): { handle: string; prefix: string } {
    const [handle = '', prefix = '', ...more] = words
    if (!/^(?:!|![\w-]*!)$/.test(handle)) this.cursor.fail('did not find expected tag handle', offset)
    if (prefix === '' || more.length > 0) this.cursor.fail('did not find expected tag URI', offset)
    return { handle, prefix }
  }

  private takeDocumentMark(): void {
    this.closeBlocks(-1)
    this.dropKey()
    this.mayStartKey = false
    this.push(this.cursor.is('-') ? 'document-start' : 'document-end')
    this.cursor.skip(3)
  }

  private openFlow(mark: '[' | '{'): void {
    this.noteKey()
    if (this.possibleKeys.length > this.maxDepth) this.cursor.fail(`nested deeper than ${this.maxDepth} levels`)
    this.possibleKeys.push(null)
    this.mayStartKey = true
    this.push(mark)
    this.cursor.skip()
  }

  private closeFlow(mark: ']' | '}'): void {
    this.dropKey()
    if (this.isInFlow) this.possibleKeys.pop()
    this.mayStartKey = false
    this.push(mark)
    this.cursor.skip()
  }

  private takeComma(): void {
    this.dropKey()
    this.mayStartKey = true
    this.push(',')
    this.cursor.skip()
  }

  private takeEntry(): void {
    if (!this.isInFlow) {
      if (!this.mayStartKey) this.cursor.fail('block sequence entries are not allowed in this context')
      this.openBlock('block-sequence', this.cursor.column, this.tokens.length)
    }
    this.dropKey()
    this.mayStartKey = true
    this.push('entry')
    this.cursor.skip()
  }

  private takeKey(): void {
    if (!this.isInFlow) {
      if (!this.mayStartKey) this.cursor.fail('mapping keys are not allowed in this context')
      this.openBlock('block-mapping', this.cursor.column, this.tokens.length)
    }
    this.dropKey()
    this.mayStartKey = !this.isInFlow
    this.push('key')
    this.cursor.skip()
  }

  private takeValue(): void {
    const key = this.possibleKeys.at(-1) ?? null
    if (key !== null) {
      this.tokens.splice(key.tokenIndex, 0, { kind: 'key', offset: key.offset })
      this.openBlock('block-mapping', key.column, key.tokenIndex, key.offset)
      this.possibleKeys[this.possibleKeys.length - 1] = null
      this.mayStartKey = false
    } else {
      if (!this.isInFlow) {
        if (!this.mayStartKey) this.cursor.fail('mapping values are not allowed in this context')
        this.openBlock('block-mapping', this.cursor.column, this.tokens.length)
      }
      this.mayStartKey = !this.isInFlow
    }
    this.push('value')
    this.cursor.skip()
  }

  private takeName(kind: 'anchor' | 'alias'): void {
    const { cursor } = this
    this.noteKey()
    this.mayStartKey = false
    const offset = cursor.offset
    cursor.skip()
    const name = /^[\w-]*/.exec(cursor.text.slice(cursor.offset, cursor.offset + MAX_SIMPLE_KEY))?.[0] ?? ''
    cursor.skip(name.length)
    if (name === '' || (!cursor.isBlankOrEnd() && !cursor.isOneOf('?:,]}%@`'))) {
      cursor.fail('did not find expected alphabetic or numeric character', offset)
    }
    this.tokens.push({ kind, offset, name })
  }

  private takeTag(): void {
    const { cursor } = this
    this.noteKey()
    this.mayStartKey = false
    const offset = cursor.offset
    const rest = cursor.text.slice(offset, offset + MAX_SIMPLE_KEY)
    const verbatim = /^!<([\w\-;/?:@&=+$.!~*'()%,[\]]+)>/.exec(rest)
    const match = verbatim ?? /^(!(?:[\w-]*!)?)([\w\-;/?:@&=+$.!~*'()%]*)/.exec(rest)
    const [whole = '', handle = '', suffix = ''] = match ?? []
    if (verbatim === null && rest.startsWith('!<')) cursor.fail("did not find the expected '>'", offset)
    cursor.skip(whole.length)
    if (!cursor.isBlankOrEnd() && !(this.isInFlow && cursor.is(','))) {
      cursor.fail('did not find expected whitespace or line break')
    }
    if (verbatim !== null) this.tokens.push({ kind: 'tag', offset, handle: '', suffix: handle })
    else this.tokens.push({ kind: 'tag', offset, handle, suffix })
  }

  private takeQuoted(style: ScalarStyle, take: (cursor: Cursor) => string): void {
    this.noteKey()
    this.mayStartKey = false
    const { offset } = this.cursor
    const text = take(this.cursor)
    this.tokens.push({ kind: 'scalar', offset, end: this.cursor.offset, text, style })
  }

  private takeBlockScalar(): void {
    this.dropKey()
    this.mayStartKey = true
    const { offset } = this.cursor
    const style = this.cursor.is('>') ? 'folded' : 'literal'
    this.tokens.push({ kind: 'scalar', offset, ...takeBlockScalar(this.cursor, this.indent), style })
  }

  private takePlain(): void {
    this.noteKey()
    const { offset } = this.cursor
    const { text, end, crossedLines } = takePlain(this.cursor, this.indent, this.isInFlow)
    this.mayStartKey = crossedLines
    this.tokens.push({ kind: 'scalar', offset, end, text, style: 'plain' })
  }

  private push(kind: Mark): void {
    this.tokens.push({ kind, offset: this.cursor.offset })
  }

  private openBlock(kind: 'block-sequence' | 'block-mapping', column: number, index: number, offset?: number): void {
    if (this.isInFlow || this.indent >= column) return
    this.outerIndents.push(this.indent)
    this.indent = column
    this.tokens.splice(index, 0, { kind, offset: offset ?? this.cursor.offset })
  }

  private closeBlocks(column: number): void {
    if (this.isInFlow) return
    while (this.indent > column) {
      this.push('block-end')
      this.indent = this.outerIndents.pop() ?? -1
    }
  }

  /** What comes next may turn out to be a key. */
  private noteKey(): void {
    if (!this.mayStartKey) return
    const { offset, line, column } = this.cursor
    this.dropKey()
    const isRequired = !this.isInFlow && this.indent === column
    this.possibleKeys[this.possibleKeys.length - 1] = {
      tokenIndex: this.tokens.length,
      isRequired,
      offset,
      line,
      column,
    }
  }

  private dropKey(): void {
    const key = this.possibleKeys.at(-1) ?? null
    if (key?.isRequired === true) this.cursor.fail("could not find expected ':'", key.offset)
    this.possibleKeys[this.possibleKeys.length - 1] = null
  }

  /** A key ends on the line it began on. */
  private dropStaleKeys(): void {
    const { cursor, possibleKeys } = this
    for (const [level, key] of possibleKeys.entries()) {
      if (key === null || (key.line === cursor.line && cursor.offset - key.offset <= MAX_SIMPLE_KEY)) continue
      if (key.isRequired) cursor.fail("could not find expected ':'", key.offset)
      possibleKeys[level] = null
    }
  }
}

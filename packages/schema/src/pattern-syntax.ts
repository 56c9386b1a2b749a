/** A pattern of Python's `re`, taken apart. `source` is always JavaScript for the `v` flag. */
export type PatternNode =
  /** Exactly one character. */
  | { kind: 'char'; source: string }
  /** Matches without consuming: anchors, word boundaries. */
  | { kind: 'assertion'; source: string; anchorsStart: boolean }
  | { kind: 'reference'; source: string }
  | { kind: 'group'; open: string; alternatives: PatternNode[][]; isLookaround: boolean }
  | { kind: 'repeat'; node: PatternNode; min: number; max: number; isLazy: boolean }

export interface ParsedPattern {
  alternatives: PatternNode[][]
  ignoreCase: boolean
}

/** @throws SyntaxError for what Python refuses too, and for what has no counterpart in JavaScript */
export function parsePattern(source: string): ParsedPattern {
  return new PatternParser(source).parse()
}

const WORD = '\\p{L}\\p{N}_'
const SPACE = ' \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const ANYTHING = '[\\s\\S]'
const AT_END = `(?!${ANYTHING})`
const AT_START = `(?<!${ANYTHING})`
const CONTROLS: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' }
const HEX_DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 }
const MAX_GROUP_DEPTH = 50

interface Flags {
  ignoreCase: boolean
  multiline: boolean
  dotAll: boolean
  ascii: boolean
}

class PatternParser {
  private readonly chars: readonly string[]
  private readonly source: string
  private readonly flags: Flags = { ignoreCase: false, multiline: false, dotAll: false, ascii: false }
  private position = 0
  private depth = 0

  constructor(source: string) {
    this.source = source
    this.chars = Array.from(source)
  }

  parse(): ParsedPattern {
    this.leadingFlags()
    const alternatives = this.alternatives()
    if (this.position < this.chars.length) this.fail('unbalanced parenthesis')
    return { alternatives, ignoreCase: this.flags.ignoreCase }
  }

  private leadingFlags(): void {
    for (;;) {
      const match = /^\(\?([aiLmsux]+)\)/.exec(this.chars.slice(this.position, this.position + 12).join(''))
      if (match === null) return
      for (const flag of match[1] ?? '') this.setFlag(flag)
      this.position += match[0].length
    }
  }

  private setFlag(flag: string): void {
    if (flag === 'i') this.flags.ignoreCase = true
    else if (flag === 'm') this.flags.multiline = true
    else if (flag === 's') this.flags.dotAll = true
    else if (flag === 'a') this.flags.ascii = true
    else if (flag !== 'u') this.fail(`the flag ${flag} is not supported`)
  }

  private alternatives(): PatternNode[][] {
    const alternatives = [this.sequence()]
    while (this.take('|')) alternatives.push(this.sequence())
    return alternatives
  }

  private sequence(): PatternNode[] {
    const nodes: PatternNode[] = []
    while (this.position < this.chars.length && this.peek() !== '|' && this.peek() !== ')') {
      const atom = this.atom()
      if (atom !== null) nodes.push(this.repeated(atom))
    }
    return nodes
  }

  /** null for a comment. */
  private atom(): PatternNode | null {
    const char = this.next()
    switch (char) {
      case '.':
        return { kind: 'char', source: this.flags.dotAll ? ANYTHING : '[^\\n]' }
      case '^':
        return this.flags.multiline ? assertion(`(?<=\\n|${AT_START})`) : assertion('^', true)
      case '$':
        return assertion(this.flags.multiline ? `(?=\\n|${AT_END})` : `(?=\\n?${AT_END})`)
      case '[':
        return { kind: 'char', source: this.characterClass() }
      case '(':
        return this.group()
      case '\\':
        return this.escape()
      case '*':
      case '+':
      case '?':
        return this.fail('nothing to repeat')
      default:
        return { kind: 'char', source: literal(char) }
    }
  }

  private repeated(node: PatternNode): PatternNode {
    const bounds = this.quantifier()
    if (bounds === null) return node
    if (node.kind === 'assertion') this.fail('nothing to repeat')
    const [min, max] = bounds
    if (min > max) this.fail('min repeat greater than max repeat')
    const isLazy = this.take('?')
    if (this.peek() === '+') this.fail('possessive quantifiers are not supported')
    if (this.quantifier() !== null) this.fail('multiple repeat')
    return { kind: 'repeat', node, min, max, isLazy }
  }

  private quantifier(): [number, number] | null {
    if (this.take('*')) return [0, Infinity]
    if (this.take('+')) return [1, Infinity]
    if (this.take('?')) return [0, 1]
    // anything else in braces is text
    const match = /^\{(?:(\d+)|(\d*),(\d*))\}/.exec(this.chars.slice(this.position, this.position + 24).join(''))
    if (match === null) return null
    this.position += match[0].length
    if (match[1] !== undefined) return [Number(match[1]), Number(match[1])]
    return [Number(match[2] ?? '0'), match[3] === '' || match[3] === undefined ? Infinity : Number(match[3])]
  }

  private group(): PatternNode | null {
    const open = this.groupOpening()
    if (open === null) return null
    if (open === 'reference') return this.namedReference()
    this.depth += 1
    if (this.depth > MAX_GROUP_DEPTH) this.fail(`groups are nested deeper than ${MAX_GROUP_DEPTH}`)
    const alternatives = this.alternatives()
    if (!this.take(')')) this.fail('missing ), unterminated subpattern')
    this.depth -= 1
    return { kind: 'group', open, alternatives, isLookaround: /^\(\?<?[=!]/.test(open) }
  }

  /** null after a comment. */
  private groupOpening(): string | null {
    if (!this.take('?')) return '('
    if (this.take(':')) return '(?:'
    if (this.take('=')) return '(?='
    if (this.take('!')) return '(?!'
    if (this.take('#')) return this.comment()
    if (this.take('<')) {
      if (this.take('=')) return '(?<='
      if (this.take('!')) return '(?<!'
      return this.fail('unknown extension ?<')
    }
    if (this.take('P')) {
      if (this.take('=')) return 'reference'
      if (this.take('<')) return `(?<${this.name('>')}>`
    }
    return this.fail(`the extension (?${this.peek() ?? ''} is not supported`)
  }

  private comment(): null {
    while (!this.take(')')) this.next()
    return null
  }

  private namedReference(): PatternNode {
    return { kind: 'reference', source: `\\k<${this.name(')')}>` }
  }

  private name(end: string): string {
    let name = ''
    while (!this.take(end)) name += this.next()
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) this.fail(`bad character in group name '${name}'`)
    return name
  }

  private escape(): PatternNode {
    const char = this.next()
    if (char === 'A') return assertion(AT_START, true)
    if (char === 'Z') return assertion(AT_END)
    const word = this.flags.ascii ? '[A-Za-z0-9_]' : `[${WORD}]`
    if (char === 'b') return assertion(`(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`)
    // NOTE: in an empty text Python finds neither \b nor \B
    if (char === 'B') return assertion(`(?!${AT_START}${AT_END})(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`)
    const set = this.namedSet(char)
    if (set !== null) return { kind: 'char', source: `[${set}]` }
    if (/[1-9]/.test(char)) return this.numberedReference(char)
    return { kind: 'char', source: literal(this.escapedChar(char)) }
  }

  private numberedReference(first: string): PatternNode {
    const second = /[0-9]/.test(this.peek() ?? '') ? this.next() : ''
    return { kind: 'reference', source: `(?:\\${first}${second})` }
  }

  private namedSet(char: string): string | null {
    const { ascii } = this.flags
    if (char === 'w') return ascii ? 'A-Za-z0-9_' : WORD
    if (char === 'W') return ascii ? '[^A-Za-z0-9_]' : `[^${WORD}]`
    if (char === 'd') return ascii ? '0-9' : '\\p{Nd}'
    if (char === 'D') return ascii ? '[^0-9]' : '\\P{Nd}'
    if (char === 's') return ascii ? ' \\t\\n\\r\\f\\v' : SPACE
    if (char === 'S') return ascii ? '[^ \\t\\n\\r\\f\\v]' : `[^${SPACE}]`
    return null
  }

  private escapedChar(char: string): string {
    const control = CONTROLS[char]
    if (control !== undefined) return control
    const digits = HEX_DIGITS[char]
    if (digits !== undefined) return this.hexChar(digits)
    if (char === '0') return this.octalChar()
    if (/[A-Za-z]/.test(char)) this.fail(`bad escape \\${char}`)
    return char
  }

  private hexChar(digits: number): string {
    let code = ''
    for (let index = 0; index < digits; index += 1) code += this.next()
    if (!/^[0-9a-fA-F]+$/.test(code) || Number.parseInt(code, 16) > 0x10ffff) this.fail(`incomplete escape ${code}`)
    return String.fromCodePoint(Number.parseInt(code, 16))
  }

  private octalChar(): string {
    let code = '0'
    while (code.length < 3 && /[0-7]/.test(this.peek() ?? '')) code += this.next()
    return String.fromCodePoint(Number.parseInt(code, 8))
  }

  private characterClass(): string {
    const negated = this.take('^') ? '^' : ''
    let members = ''
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) members += this.classMember()
    this.next()
    return `[${negated}${members}]`
  }

  private classMember(): string {
    const low = this.classChar()
    if (this.peek() !== '-' || this.chars[this.position + 1] === ']') return low.set ?? literal(low.char)
    this.next()
    const high = this.classChar()
    if (low.set !== null || high.set !== null) return this.fail('bad character range')
    if ((low.char.codePointAt(0) ?? 0) > (high.char.codePointAt(0) ?? 0)) {
      this.fail(`bad character range ${low.char}-${high.char}`)
    }
    return `${literal(low.char)}-${literal(high.char)}`
  }

  private classChar(): { set: string | null; char: string } {
    const char = this.next()
    if (char !== '\\') return { set: null, char }
    const escaped = this.next()
    const set = this.namedSet(escaped)
    if (set !== null) return { set, char: '' }
    if (escaped === 'b') return { set: null, char: '\b' }
    if (/[1-7]/.test(escaped)) this.fail(`octal escape \\${escaped} in a character class is not supported`)
    return { set: null, char: this.escapedChar(escaped) }
  }

  private peek(): string | undefined {
    return this.chars[this.position]
  }

  private next(): string {
    const char = this.chars[this.position]
    if (char === undefined) return this.fail('unexpected end of pattern')
    this.position += 1
    return char
  }

  private take(char: string): boolean {
    if (this.chars[this.position] !== char) return false
    this.position += 1
    return true
  }

  private fail(reason: string): never {
    throw new SyntaxError(`pattern '${this.source}' cannot be used: ${reason} at position ${this.position}`)
  }
}

function assertion(source: string, anchorsStart = false): PatternNode {
  return { kind: 'assertion', source, anchorsStart }
}

/** Letters and digits as they are, everything else as an escape that holds inside and outside of classes. */
function literal(char: string): string {
  if (/^[A-Za-z0-9_]$/.test(char)) return char
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}

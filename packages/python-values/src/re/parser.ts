import { PythonOverflowError } from '../errors.ts'
import { requireWithin } from '../limits.ts'
import { classOf, exactly, ignoringCase } from './characters.ts'
import { type AnchorKind, type Flags, type Matches, PythonRegexError, type RegexNode, widthOf } from './syntax.ts'

export interface ParsedRegex {
  node: RegexNode
  /** Groups that capture. */
  groups: number
  names: ReadonlyMap<string, number>
}

/** Python's own limit. */
const PYTHON_MAX_COUNT = 2 ** 32 - 1
const INFINITE = Number.POSITIVE_INFINITY

/** Parses a pattern of Python's `re`. @throws PythonRegexError */
export function parseRegex(pattern: string, flags: Flags): ParsedRegex {
  return new RegexParser(pattern, flags).parse()
}

const FLAG_NAMES: Record<string, keyof Flags | null> = {
  i: 'ignoreCase',
  m: 'multiLine',
  s: 'dotAll',
  x: 'verbose',
  a: 'ascii',
  u: null,
  L: null,
}

const CONTROL: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }
const ANCHORS: Record<string, AnchorKind> = { A: 'start', Z: 'very-end', b: 'boundary', B: 'no-boundary' }
const HEX_LENGTH: Record<string, number> = { x: 2, u: 4, U: 8 }

class RegexParser {
  readonly #pattern: string[]
  readonly #names = new Map<string, number>()
  readonly #closed = new Set<number>()
  #flags: Flags
  #groups = 0
  #at = 0
  #depth = 0

  constructor(pattern: string, flags: Flags) {
    this.#pattern = Array.from(pattern)
    this.#flags = flags
  }

  parse(): ParsedRegex {
    const node = this.#choice()
    if (this.#at < this.#pattern.length) throw this.#error('unbalanced parenthesis', this.#at)
    return { node, groups: this.#groups, names: this.#names }
  }

  #error(reason: string, at: number): PythonRegexError {
    return new PythonRegexError(reason, at)
  }

  get #char(): string | undefined {
    return this.#pattern[this.#at]
  }

  #take(text: string): boolean {
    if (this.#pattern.slice(this.#at, this.#at + text.length).join('') !== text) return false
    this.#at += text.length
    return true
  }

  #choice(): RegexNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    const [only] = options
    return options.length === 1 && only !== undefined ? only : { type: 'choice', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    for (;;) {
      if (this.#flags.verbose && this.#skipSpace()) continue
      const char = this.#char
      if (char === undefined || char === '|' || char === ')') return { type: 'sequence', items }
      const item = this.#item(char)
      if (item !== null) items.push(this.#repeated(item))
    }
  }

  #skipSpace(): boolean {
    const char = this.#char
    if (char === '#') {
      while (this.#char !== undefined && this.#char !== '\n') this.#at++
      return true
    }
    if (char === undefined || !/\s/.test(char)) return false
    this.#at++
    return true
  }

  /** One element without its repetition; null for flags and comments, which match nothing. */
  #item(char: string): RegexNode | null {
    const start = this.#at
    this.#at++
    if (char === '.') return { type: 'set', matches: this.#flags.dotAll ? () => true : (code) => code !== 10 }
    if (char === '^') return { type: 'anchor', kind: this.#flags.multiLine ? 'line-start' : 'start' }
    if (char === '$') return { type: 'anchor', kind: this.#flags.multiLine ? 'line-end' : 'end' }
    if (char === '[') return this.#set(start)
    if (char === '(') return this.#group(start)
    if (char === '\\') return this.#escape(start)
    if (char === '*' || char === '+' || char === '?') throw this.#error('nothing to repeat', start)
    return this.#literal(char.codePointAt(0) ?? 0)
  }

  #literal(code: number): RegexNode {
    const matches = exactly(code)
    return { type: 'set', matches: this.#flags.ignoreCase ? ignoringCase(matches) : matches }
  }

  #repeated(item: RegexNode): RegexNode {
    let node = item
    for (let count = 0; ; count++) {
      if (this.#flags.verbose) while (this.#skipSpace()) continue
      const at = this.#at
      const range = this.#count()
      if (range === null) return node
      if (count > 0) throw this.#error('multiple repeat', at)
      if (item.type === 'anchor') throw this.#error('nothing to repeat', at)
      const [min, max] = range
      const mode = this.#take('?') ? 'lazy' : this.#take('+') ? 'possessive' : 'greedy'
      node = { type: 'repeat', item, min, max, mode }
    }
  }

  #count(): [number, number] | null {
    if (this.#take('*')) return [0, INFINITE]
    if (this.#take('+')) return [1, INFINITE]
    if (this.#take('?')) return [0, 1]
    if (this.#char !== '{') return null
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.#pattern.slice(this.#at, this.#at + 30).join(''))
    const [whole = '', low = '', comma = '', high = ''] = match ?? []
    if (match === null || (low === '' && comma === '')) return null
    const at = this.#at
    this.#at += whole.length
    const min = low === '' ? 0 : Number(low)
    const max = comma === '' ? min : high === '' ? INFINITE : Number(high)
    if (max < min) throw this.#error('min repeat greater than max repeat', at + 1)
    const largest = max === INFINITE ? min : max
    if (largest >= PYTHON_MAX_COUNT) throw new PythonOverflowError('the repetition number is too large')
    requireWithin('regexRepetitions', largest)
    return [min, max]
  }

  #escape(start: number): RegexNode {
    const char = this.#char
    if (char === undefined) throw this.#error('bad escape (end of pattern)', start)
    const kind = Object.hasOwn(ANCHORS, char) ? ANCHORS[char] : undefined
    if (kind !== undefined) {
      this.#at++
      return { type: 'anchor', kind }
    }
    const known = classOf(char, this.#flags.ascii)
    if (known !== undefined) {
      this.#at++
      return { type: 'set', matches: known }
    }
    if (/[1-9]/.test(char)) return this.#numbered(start)
    return this.#literal(this.#escapedCode(start))
  }

  /** `\1` is a group, `\101` a character in octal. */
  #numbered(start: number): RegexNode {
    const text = this.#pattern.slice(this.#at, this.#at + 3).join('')
    const octal = /^[0-3][0-7][0-7]/.exec(text)
    if (octal !== null) {
      this.#at += 3
      return this.#literal(Number.parseInt(octal[0], 8))
    }
    const digits = /^\d\d?/.exec(text)?.[0] ?? ''
    this.#at += digits.length
    return this.#reference(Number(digits), start + 1)
  }

  #reference(index: number, at: number): RegexNode {
    if (index > this.#groups) throw this.#error(`invalid group reference ${index}`, at)
    if (!this.#closed.has(index)) throw this.#error('cannot refer to an open group', at - 1)
    return { type: 'reference', index, ignoreCase: this.#flags.ignoreCase }
  }

  /** A character written as an escape: `\n`, `\x41`, `\0`, `\.`. */
  #escapedCode(start: number): number {
    const char = this.#char
    if (char === undefined) throw this.#error('bad escape (end of pattern)', start)
    this.#at++
    const hexLength = HEX_LENGTH[char]
    if (hexLength !== undefined) return this.#hex(char, hexLength, start)
    if (/[0-7]/.test(char)) {
      const digits = /^[0-7]{1,3}/.exec(this.#pattern.slice(this.#at - 1, this.#at + 2).join(''))?.[0] ?? '0'
      this.#at += digits.length - 1
      return Number.parseInt(digits, 8)
    }
    const control = CONTROL[char]
    if (control !== undefined && Object.hasOwn(CONTROL, char)) return control
    if (/[A-Za-z0-9]/.test(char)) throw this.#error(`bad escape \\${char}`, start)
    return char.codePointAt(0) ?? 0
  }

  #hex(letter: string, length: number, start: number): number {
    const found = /^[0-9a-fA-F]*/.exec(this.#pattern.slice(this.#at, this.#at + length).join(''))?.[0] ?? ''
    if (found.length < length) throw this.#error(`incomplete escape \\${letter}${found}`, start)
    this.#at += length
    const code = Number.parseInt(found, 16)
    if (code > 0x10ffff) throw this.#error(`bad escape \\${letter}${found}`, start)
    return code
  }

  #set(start: number): RegexNode {
    const negated = this.#take('^')
    const parts: Matches[] = []
    let isFirst = true
    while (isFirst || this.#char !== ']') {
      if (this.#char === undefined) throw this.#error('unterminated character set', start)
      parts.push(this.#setPart(start))
      isFirst = false
    }
    this.#at++
    const any: Matches = (code) => parts.some((part) => part(code))
    const matches = this.#flags.ignoreCase ? ignoringCase(any) : any
    return { type: 'set', matches: negated ? (code) => !matches(code) : matches }
  }

  #setPart(start: number): Matches {
    const at = this.#at
    const low = this.#setMember(start)
    const hasRange = this.#char === '-' && this.#pattern[this.#at + 1] !== ']'
    if (!hasRange) return typeof low === 'number' ? exactly(low) : low
    this.#at++
    if (this.#char === undefined) throw this.#error('unterminated character set', start)
    const high = this.#setMember(start)
    const text = this.#pattern.slice(at, this.#at).join('')
    if (typeof low !== 'number' || typeof high !== 'number' || high < low)
      throw this.#error(`bad character range ${text}`, at)
    return (code) => code >= low && code <= high
  }

  #setMember(start: number): number | Matches {
    const at = this.#at
    const char = this.#char
    if (char === undefined) throw this.#error('unterminated character set', start)
    this.#at++
    if (char !== '\\') return char.codePointAt(0) ?? 0
    const known = this.#char === undefined ? undefined : classOf(this.#char, this.#flags.ascii)
    if (known === undefined) {
      if (this.#char === undefined) throw this.#error('unterminated character set', start)
      return this.#escapedCode(at)
    }
    this.#at++
    return known
  }

  #group(start: number): RegexNode | null {
    requireWithin('regexDepth', ++this.#depth)
    const outer = this.#flags
    const node = this.#take('?') ? this.#extension(start) : this.#capture(start)
    // a group of flags alone, as `(?i)`, keeps them for what follows
    if (node !== null) this.#flags = outer
    this.#depth--
    return node
  }

  #capture(start: number, name?: string): RegexNode {
    const index = ++this.#groups
    if (name !== undefined) this.#names.set(name, index)
    const item = this.#body(start)
    this.#closed.add(index)
    return { type: 'group', index, item }
  }

  #body(start: number): RegexNode {
    const node = this.#choice()
    if (!this.#take(')')) throw this.#error('missing ), unterminated subpattern', start)
    return node
  }

  #extension(start: number): RegexNode | null {
    if (this.#take(':')) return this.#body(start)
    if (this.#take('P<')) return this.#capture(start, this.#newName())
    if (this.#take('P=')) return this.#namedReference()
    if (this.#char === 'P') throw this.#unknownNamed(start)
    if (this.#take('#')) return this.#comment(start)
    if (this.#take('>')) return { type: 'atomic', item: this.#body(start) }
    if (this.#take('(')) return this.#condition(start)
    for (const [mark, behind, negated] of LOOKS) if (this.#take(mark)) return this.#look(start, behind, negated)
    return this.#inlineFlags(start)
  }

  #unknownNamed(start: number): PythonRegexError {
    const next = this.#pattern[this.#at + 1]
    if (next === undefined) return this.#error('unexpected end of pattern', this.#at + 1)
    return this.#error(`unknown extension ?P${next}`, start + 1)
  }

  #comment(start: number): null {
    while (this.#char !== undefined && this.#char !== ')') this.#at++
    if (!this.#take(')')) throw this.#error('missing ), unterminated comment', start)
    return null
  }

  #look(start: number, behind: boolean, negated: boolean): RegexNode {
    const item = this.#body(start)
    const [low, high] = widthOf(item)
    if (behind && low !== high) throw new PythonRegexError('look-behind requires fixed-width pattern', null)
    return { type: 'look', item, behind, negated, width: low }
  }

  #name(end: string): string {
    const at = this.#at
    while (this.#char !== undefined && this.#char !== end) this.#at++
    const name = this.#pattern.slice(at, this.#at).join('')
    if (name === '') throw this.#error('missing group name', at)
    if (!this.#take(end)) throw this.#error(`missing ${end}, unterminated name`, at)
    return name
  }

  #newName(): string {
    const at = this.#at
    const name = this.#name('>')
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw this.#error(`bad character in group name '${name}'`, at)
    if (this.#names.has(name)) {
      const previous = this.#names.get(name) ?? 0
      throw this.#error(`redefinition of group name '${name}' as group ${this.#groups + 1}; was group ${previous}`, at)
    }
    return name
  }

  #namedReference(): RegexNode {
    const at = this.#at
    const name = this.#name(')')
    const index = this.#names.get(name)
    if (index === undefined) throw this.#error(`unknown group name '${name}'`, at)
    return this.#reference(index, at)
  }

  #condition(start: number): RegexNode {
    const at = this.#at
    const name = this.#name(')')
    const index = /^\d+$/.test(name) ? Number(name) : this.#names.get(name)
    if (index === undefined) throw this.#error(`unknown group name '${name}'`, at)
    const item = this.#sequence()
    const otherwise: RegexNode = this.#take('|') ? this.#sequence() : { type: 'sequence', items: [] }
    if (this.#char === '|') throw this.#error('conditional backref with more than two branches', this.#at)
    if (!this.#take(')')) throw this.#error('missing ), unterminated subpattern', start)
    if (index === 0 || index > this.#groups) throw this.#error(`invalid group reference ${index}`, at)
    return { type: 'condition', index, item, otherwise }
  }

  /** `(?i)` at the start of the pattern, `(?i:…)` and `(?-i:…)` anywhere. */
  #inlineFlags(start: number): RegexNode | null {
    const flags = { ...this.#flags }
    let turnsOn = true
    while (this.#char !== undefined && this.#char !== ')' && this.#char !== ':') {
      const char = this.#char
      if (char === '-' && turnsOn) turnsOn = false
      else if (Object.hasOwn(FLAG_NAMES, char)) {
        const name = FLAG_NAMES[char]
        if (name !== null && name !== undefined) flags[name] = turnsOn
      } else {
        throw this.#error(`unknown extension ?${char}`, start + 1)
      }
      this.#at++
    }
    if (this.#char === undefined) throw this.#error('unexpected end of pattern', this.#at)
    if (this.#take(')')) {
      if (start !== 0) throw this.#error('global flags not at the start of the expression', start)
      this.#flags = flags
      return null
    }
    this.#at++
    this.#flags = flags
    return this.#body(start)
  }
}

const LOOKS: [string, boolean, boolean][] = [
  ['<=', true, false],
  ['<!', true, true],
  ['=', false, false],
  ['!', false, true],
]

import { literalSource, scalarSource } from '@st2/yaml'

/** Choices from a seed: the same seed writes the same text. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  is(probability: number): boolean {
    return this.next() < probability
  }

  pick<const T extends readonly [unknown, ...unknown[]]>(choices: T): T[number] {
    return choices[this.below(choices.length)]
  }
}

const COMMENTS = ['# note', '#', '# key: value', '# [3, -4]', '#! {odd', '# "quote', '# ünïcode – ☃', '#\ttab'] as const

/** Writes a value as YAML in the oddest of layouts: every style, comments everywhere, anchors, any indentation. */
export function oddYaml(value: unknown, seed: number, anchors: 'anchors' | 'no anchors' = 'anchors'): string {
  const chance = new Chance(seed)
  const writer = new OddWriter(chance, anchors === 'anchors' ? 0.12 : 0)
  const lines = writer.document(value)
  const lineBreak = chance.pick(['\n', '\n', '\r\n'])
  const ending = writer.endsOpen || chance.is(0.7) ? lineBreak : ''
  return lines.join('\n').replaceAll('\n', lineBreak) + ending
}

class OddWriter {
  readonly #chance: Chance
  readonly #anchorShare: number
  /** The last scalar is a block scalar, whose value depends on the line end behind it. */
  endsOpen = false
  #anchors = 0
  /** Values that have an anchor, by their JSON. */
  readonly #anchored = new Map<string, string>()

  constructor(chance: Chance, anchorShare: number) {
    this.#chance = chance
    this.#anchorShare = anchorShare
  }

  document(value: unknown): string[] {
    const start = this.#chance.pick([[], [], ['---'], ['# top of the file', '', '---'], ['%YAML 1.1', '---']])
    return [...start, ...this.#gap(0), ...this.#block(value, 0)]
  }

  /** Lines that begin in a column. */
  #block(value: unknown, column: number): string[] {
    const pad = ' '.repeat(column)
    const entries = entriesOf(value)
    const lines: string[] = []
    for (const [index, [name, inner]] of (entries ?? []).entries()) {
      if (index > 0) lines.push(...this.#gap(column))
      lines.push(...this.#pair(name, inner, column))
    }
    if (entries === null && Array.isArray(value)) {
      for (const [index, inner] of value.entries()) {
        if (index > 0) lines.push(...this.#gap(column))
        lines.push(...this.#item(inner, column))
      }
    }
    return lines.length === 0 ? [`${pad}${this.#flow(value)}`] : lines
  }

  #pair(name: string, value: unknown, column: number): string[] {
    const pad = ' '.repeat(column)
    const key = scalarSource(name, { isFlow: false, style: this.#style() })
    const isExplicit = this.#chance.is(0.04)
    const head = isExplicit ? [`${pad}? ${key}`] : []
    const lead = isExplicit ? `${pad}:` : `${pad}${key}:`
    const isList = Array.isArray(value)
    const inner = column + (isList ? this.#chance.pick([0, 2, 1]) : this.#chance.pick([2, 2, 4, 1, 3]))
    return [...head, ...this.#value(value, lead, column, isExplicit ? Math.max(inner, column + 1) : inner)]
  }

  #item(value: unknown, column: number): string[] {
    const lead = `${' '.repeat(column)}-`
    const gap = this.#chance.pick([1, 1, 1, 3])
    if (isFilled(value) && this.#chance.is(0.7)) {
      const [first = '', ...rest] = this.#block(value, column + 1 + gap)
      return [lead + first.slice(column + 1), ...rest]
    }
    return this.#value(value, lead, column, column + this.#chance.pick([2, 4]))
  }

  /** @param lead what stands before the value on its line */
  #value(value: unknown, lead: string, column: number, inner: number): string[] {
    this.endsOpen = false
    const alias = this.#anchored.get(JSON.stringify(value))
    if (alias !== undefined && this.#chance.is(0.5)) return [`${lead} *${alias}${this.#trail()}`]
    const anchor = this.#chance.is(this.#anchorShare) ? ` &${this.#newAnchor()}` : ''
    const lines = this.#written(value, lead + anchor, column, inner)
    if (anchor !== '') this.#anchored.set(JSON.stringify(value), anchor.slice(2))
    return lines
  }

  #written(value: unknown, lead: string, column: number, inner: number): string[] {
    if (isFilled(value) && this.#chance.is(0.75)) {
      return [lead + this.#trail(), ...(this.#chance.is(0.1) ? this.#gap(inner) : []), ...this.#block(value, inner)]
    }
    if (value === null && this.#chance.is(0.5)) return [lead + this.#trail()]
    const below = Math.max(column + 1, inner)
    const literal = typeof value === 'string' && this.#chance.is(0.8) ? literalSource(value, below, '\n') : null
    if (literal !== null) {
      this.endsOpen = true
      return `${lead} ${literal}`.split('\n')
    }
    const isMultiline = typeof value === 'string' && this.#chance.is(0.2) && /^\S+( \S+)+$/.test(value)
    const source = this.#flow(value)
    if (isMultiline && /^["']/.test(source) && !source.includes('\\')) {
      return [`${lead} ${source.replace(' ', `\n${' '.repeat(below)}`)}${this.#trail()}`]
    }
    return [`${lead}${this.#chance.pick([' ', ' ', '   '])}${source}${this.#trail(true)}`]
  }

  #flow(value: unknown): string {
    const space = this.#chance.pick(['', ' '])
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => this.#flow(item))
      return `[${space}${items.join(this.#comma())}${this.#chance.is(0.1) && items.length > 0 ? ',' : ''}${space}]`
    }
    const entries = entriesOf(value)
    if (entries === null) return scalarSource(value, { isFlow: true, style: this.#style() })
    const pairs = entries.map(([name, inner]) => {
      return `${scalarSource(name, { isFlow: true, style: this.#style() })}: ${this.#flow(inner)}`
    })
    return `{${space}${pairs.join(this.#comma())}${space}}`
  }

  #comma(): string {
    return this.#chance.pick([', ', ', ', ' , ', ',  '])
  }

  #style(): 'plain' | 'single-quoted' | 'double-quoted' {
    return this.#chance.pick(['plain', 'plain', 'plain', 'single-quoted', 'double-quoted'])
  }

  /** Behind a value: nothing, blanks, a comment. A tab may not stand where a key could begin. */
  #trail(isBehindScalar = false): string {
    const gap = isBehindScalar ? this.#chance.pick([' ', '  ', '\t']) : ' '
    return this.#chance.pick([
      '',
      '',
      '',
      '',
      '  ',
      gap + this.#chance.pick(COMMENTS),
      gap + this.#chance.pick(COMMENTS),
    ])
  }

  /** Empty lines and comments between two parts. Behind a block scalar they could be part of it. */
  #gap(column: number): string[] {
    if (this.endsOpen || this.#chance.is(0.6)) return []
    const comment = (): string =>
      ' '.repeat(Math.max(0, column + this.#chance.pick([0, 0, 2]))) + this.#chance.pick(COMMENTS)
    const blank = (): string => ' '.repeat(this.#chance.pick([0, 0, column]))
    return Array.from({ length: 1 + this.#chance.below(3) }, () => (this.#chance.is(0.5) ? comment() : blank()))
  }

  #newAnchor(): string {
    this.#anchors++
    return `a${this.#anchors}`
  }
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return (entriesOf(value)?.length ?? 0) > 0
}

function entriesOf(value: unknown): [string, unknown][] | null {
  if (value instanceof Map) return [...value].map(([name, inner]: [unknown, unknown]) => [String(name), inner])
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null
}

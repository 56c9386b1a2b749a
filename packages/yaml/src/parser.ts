import { type Comment, SyntaxFault } from './cursor.ts'
import { type ScalarStyle, type ScalarToken, tokensOf, type Token } from './scanner.ts'

/** What a node may have before it. */
export interface NodeProperties {
  anchor: string | null
  /** Its full name; null when there is none, `!` for the non-specific tag. */
  tag: string | null
  offset: number
}

/** Where a scalar stands without its properties; nothing at all is `empty`. */
export interface ScalarPlace {
  start: number
  end: number
  style: ScalarStyle | 'empty'
}

export interface CollectionPlace {
  start: number
  isFlow: boolean
}

/** Takes the nodes of the document in the order of the text. */
export interface NodeSink {
  scalar(text: string, isPlain: boolean, properties: NodeProperties, place: ScalarPlace): void
  open(kind: 'seq' | 'map', properties: NodeProperties, place: CollectionPlace): void
  /** @param end behind the bracket; null where a collection ends with what it holds */
  close(end: number | null): void
  alias(name: string, offset: number): void
  /** The sign before a node: `-`, `?` or `:`. A key without `?` and a flow entry have none. */
  sign?(sign: '-' | '?' | ':', offset: number): void
}

/**
 * Parses a text that holds at most one document and hands its nodes on; an empty text has none.
 *
 * @returns the comments of the text
 * @throws SyntaxFault
 */
export function parseDocument(text: string, maxDepth: number, sink: NodeSink): readonly Comment[] {
  const { tokens, comments } = tokensOf(text, maxDepth)
  new Parser(text, tokens, maxDepth, sink).parse()
  return comments
}

type Kind = Token['kind']

const SIGNS: Partial<Record<Kind, '-' | '?' | ':'>> & Record<'entry' | 'key' | 'value', '-' | '?' | ':'> = {
  entry: '-',
  key: '?',
  value: ':',
}

const CORE_PREFIX = 'tag:yaml.org,2002:'

class Parser {
  private readonly text: string
  private readonly tokens: readonly Token[]
  private readonly maxDepth: number
  private readonly sink: NodeSink
  private readonly prefixes = new Map<string, string>()
  private position = 0
  private depth = 0

  constructor(text: string, tokens: readonly Token[], maxDepth: number, sink: NodeSink) {
    this.text = text
    this.tokens = tokens
    this.maxDepth = maxDepth
    this.sink = sink
  }

  parse(): void {
    if (this.isAt('stream-end')) return
    const isExplicit = this.isAt('version', 'prefix', 'document-start')
    if (isExplicit) this.documentStart()
    if (isExplicit && this.isAt('version', 'prefix', 'document-start', 'document-end', 'stream-end')) this.empty()
    else this.node('block')
    const wasEnded = this.take('document-end')
    while (this.take('document-end')) continue
    if (this.isAt('stream-end')) return
    if (!wasEnded && !this.isAt('version', 'prefix', 'document-start'))
      this.fail('did not find expected <document start>')
    this.fail('expected a single document in the stream, but found another document')
  }

  private documentStart(): void {
    let version: string | null = null
    for (;;) {
      const token = this.peek()
      if (token.kind === 'version') {
        if (version !== null) this.fail('found duplicate %YAML directive')
        version = token.version
        if (version !== '1.1' && version !== '1.2') this.fail('found incompatible YAML document')
      } else if (token.kind === 'prefix') {
        if (this.prefixes.has(token.handle)) this.fail('found duplicate %TAG directive')
        this.prefixes.set(token.handle, token.prefix)
      } else break
      this.position += 1
    }
    if (!this.take('document-start')) this.fail('did not find expected <document start>')
  }

  private node(context: 'block' | 'flow' | 'block-value'): void {
    const alias = this.peek()
    if (alias.kind === 'alias') {
      this.position += 1
      return this.sink.alias(alias.name, alias.offset)
    }
    const properties = this.properties()
    const token = this.peek()
    // beneath a key the entries of a sequence need no indentation of their own
    if (context === 'block-value' && token.kind === 'entry') return this.nested(() => this.flushSequence(properties))
    if (token.kind === 'scalar') {
      this.position += 1
      return this.sink.scalar(token.text, token.style === 'plain', properties, placeOfScalar(token))
    }
    if (token.kind === '[') return this.nested(() => this.flowSequence(properties))
    if (token.kind === '{') return this.nested(() => this.flowMapping(properties))
    if (context !== 'flow' && token.kind === 'block-sequence') return this.nested(() => this.blockSequence(properties))
    if (context !== 'flow' && token.kind === 'block-mapping') return this.nested(() => this.blockMapping(properties))
    if (properties.anchor === null && properties.tag === null) this.fail('did not find expected node content')
    // NOTE: an empty scalar tagged `!` is text, not null
    const own = properties.tag === '!' ? { ...properties, tag: null } : properties
    this.sink.scalar('', properties.tag !== '!', own, this.emptyPlace())
  }

  private properties(): NodeProperties {
    let [anchor, tag]: [string | null, string | null] = [null, null]
    const { offset } = this.peek()
    for (;;) {
      const token = this.peek()
      if (token.kind === 'anchor' && anchor === null) anchor = token.name
      else if (token.kind === 'tag' && tag === null) tag = this.tagName(token)
      else return { anchor, tag, offset: anchor === null && tag === null ? token.offset : offset }
      this.position += 1
    }
  }

  private tagName(token: Extract<Token, { kind: 'tag' }>): string {
    const suffix = percentDecoded(token.suffix)
    if (token.handle === '') return suffix
    if (token.handle === '!' && suffix === '') return '!'
    const prefix = this.prefixes.get(token.handle)
    if (prefix !== undefined) return prefix + suffix
    if (token.handle === '!!') return CORE_PREFIX + suffix
    return token.handle === '!' ? `!${suffix}` : this.fail('found undefined tag handle')
  }

  private nested(parse: () => void): void {
    this.depth += 1
    if (this.depth > this.maxDepth) this.fail(`nested deeper than ${this.maxDepth} levels`)
    parse()
    this.depth -= 1
  }

  private blockSequence(properties: NodeProperties): void {
    this.open('seq', properties)
    while (this.takeSign('entry')) this.nodeUnless('block', 'entry', 'block-end')
    if (!this.take('block-end')) this.fail("did not find expected '-' indicator")
    this.sink.close(null)
  }

  private flushSequence(properties: NodeProperties): void {
    this.sink.open('seq', properties, { start: this.peek().offset, isFlow: false })
    while (this.takeSign('entry')) this.nodeUnless('block', 'entry', 'key', 'value', 'block-end')
    this.sink.close(null)
  }

  private blockMapping(properties: NodeProperties): void {
    this.open('map', properties)
    while (this.takeSign('key')) {
      this.nodeUnless('block-value', 'key', 'value', 'block-end')
      if (this.takeSign('value')) this.nodeUnless('block-value', 'key', 'value', 'block-end')
      else this.empty()
    }
    if (!this.take('block-end')) this.fail('did not find expected key')
    this.sink.close(null)
  }

  private flowSequence(properties: NodeProperties): void {
    this.open('seq', properties)
    for (let isFirst = true; !this.take(']'); isFirst = false) {
      if (!isFirst && !this.take(',')) this.fail("did not find expected ',' or ']'")
      if (this.take(']')) break
      if (this.isAt('key')) this.singlePair()
      else this.node('flow')
    }
    this.sink.close(this.endOfBracket())
  }

  /** `[a: b]` is a list of one mapping. */
  private singlePair(): void {
    const { offset } = this.peek()
    this.sink.open('map', { anchor: null, tag: null, offset }, { start: offset, isFlow: true })
    this.takeSign('key')
    this.nodeUnless('flow', 'value', ',', ']')
    if (this.takeSign('value')) this.nodeUnless('flow', ',', ']')
    else this.empty()
    this.sink.close(null)
  }

  private flowMapping(properties: NodeProperties): void {
    this.open('map', properties)
    for (let isFirst = true; !this.take('}'); isFirst = false) {
      if (!isFirst && !this.take(',')) this.fail("did not find expected ',' or '}'")
      if (this.take('}')) break
      this.flowPair()
    }
    this.sink.close(this.endOfBracket())
  }

  private flowPair(): void {
    if (!this.takeSign('key')) {
      this.node('flow')
      return this.empty()
    }
    this.nodeUnless('flow', 'value', ',', '}')
    if (this.takeSign('value')) this.nodeUnless('flow', ',', '}')
    else this.empty()
  }

  private nodeUnless(context: 'block' | 'flow' | 'block-value', ...ends: Kind[]): void {
    if (this.isAt(...ends)) this.empty()
    else this.node(context)
  }

  private open(kind: 'seq' | 'map', properties: NodeProperties): void {
    const token = this.peek()
    this.position += 1
    this.sink.open(kind, properties, { start: token.offset, isFlow: token.kind === '[' || token.kind === '{' })
  }

  private empty(): void {
    this.sink.scalar('', true, { anchor: null, tag: null, offset: this.peek().offset }, this.emptyPlace())
  }

  /** Behind the sign or the properties that nothing follows. */
  private emptyPlace(): ScalarPlace {
    const before = this.tokens[this.position - 1]
    const end = before === undefined ? this.peek().offset : this.endOf(before)
    return { start: end, end, style: 'empty' }
  }

  private endOf(token: Token): number {
    switch (token.kind) {
      case 'scalar':
        return token.end
      case 'document-start':
        return token.offset + '---'.length
      case 'anchor':
      case 'alias':
        return token.offset + token.name.length + 1
      case 'tag':
        return token.offset + (/^!(?:<[^>]*>|[^\s,[\]{}]*)/.exec(this.text.slice(token.offset))?.[0].length ?? 0)
      default:
        // a key without its sign takes no room
        return this.text[token.offset] === SIGNS[token.kind] ? token.offset + 1 : token.offset
    }
  }

  private endOfBracket(): number {
    return (this.tokens[this.position - 1]?.offset ?? 0) + 1
  }

  private takeSign(kind: 'entry' | 'key' | 'value'): boolean {
    const { offset } = this.peek()
    const sign = SIGNS[kind]
    if (!this.take(kind)) return false
    if (kind !== 'key' || this.isQuestionMark(offset)) this.sink.sign?.(sign, offset)
    return true
  }

  /** A key that was found by its colon begins with itself, which may be a text such as `?x`. */
  private isQuestionMark(offset: number): boolean {
    return this.text[offset] === '?' && this.peek().offset !== offset
  }

  private peek(): Token {
    return this.tokens[this.position] ?? { kind: 'stream-end', offset: 0 }
  }

  private isAt(...kinds: Kind[]): boolean {
    return kinds.includes(this.peek().kind)
  }

  private take(kind: Kind): boolean {
    if (this.peek().kind !== kind) return false
    this.position += 1
    return true
  }

  private fail(reason: string): never {
    throw new SyntaxFault(reason, this.peek().offset)
  }
}

function placeOfScalar({ offset, end, style }: ScalarToken): ScalarPlace {
  return { start: offset, end, style }
}

/** Text that is not percent-encoded UTF-8 stands for itself. */
function percentDecoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

import { SyntaxFault } from './cursor.ts'
import { tokensOf, type Token } from './scanner.ts'

/** What a node may have before it. */
export interface NodeProperties {
  anchor: string | null
  /** Its full name; null when there is none, `!` for the non-specific tag. */
  tag: string | null
  offset: number
}

/** Takes the nodes of the document in the order of the text. */
export interface NodeSink {
  scalar(text: string, isPlain: boolean, properties: NodeProperties): void
  open(kind: 'seq' | 'map', properties: NodeProperties): void
  close(): void
  alias(name: string, offset: number): void
}

/**
 * Parses a text that holds at most one document and hands its nodes on; an empty text has none.
 *
 * @throws SyntaxFault
 */
export function parseDocument(text: string, maxDepth: number, sink: NodeSink): void {
  new Parser(tokensOf(text, maxDepth), maxDepth, sink).parse()
}

type Kind = Token['kind']

const CORE_PREFIX = 'tag:yaml.org,2002:'

class Parser {
  private readonly tokens: readonly Token[]
  private readonly maxDepth: number
  private readonly sink: NodeSink
  private readonly prefixes = new Map<string, string>()
  private position = 0
  private depth = 0

  constructor(tokens: readonly Token[], maxDepth: number, sink: NodeSink) {
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
      return this.sink.scalar(token.text, token.isPlain, properties)
    }
    if (token.kind === '[') return this.nested(() => this.flowSequence(properties))
    if (token.kind === '{') return this.nested(() => this.flowMapping(properties))
    if (context !== 'flow' && token.kind === 'block-sequence') return this.nested(() => this.blockSequence(properties))
    if (context !== 'flow' && token.kind === 'block-mapping') return this.nested(() => this.blockMapping(properties))
    if (properties.anchor === null && properties.tag === null) this.fail('did not find expected node content')
    // NOTE: an empty scalar tagged `!` is text, not null
    this.sink.scalar('', properties.tag !== '!', properties.tag === '!' ? { ...properties, tag: null } : properties)
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
    while (this.take('entry')) this.nodeUnless('block', 'entry', 'block-end')
    if (!this.take('block-end')) this.fail("did not find expected '-' indicator")
    this.sink.close()
  }

  private flushSequence(properties: NodeProperties): void {
    this.sink.open('seq', properties)
    while (this.take('entry')) this.nodeUnless('block', 'entry', 'key', 'value', 'block-end')
    this.sink.close()
  }

  private blockMapping(properties: NodeProperties): void {
    this.open('map', properties)
    while (this.take('key')) {
      this.nodeUnless('block-value', 'key', 'value', 'block-end')
      if (this.take('value')) this.nodeUnless('block-value', 'key', 'value', 'block-end')
      else this.empty()
    }
    if (!this.take('block-end')) this.fail('did not find expected key')
    this.sink.close()
  }

  private flowSequence(properties: NodeProperties): void {
    this.open('seq', properties)
    for (let isFirst = true; !this.take(']'); isFirst = false) {
      if (!isFirst && !this.take(',')) this.fail("did not find expected ',' or ']'")
      if (this.take(']')) break
      if (this.isAt('key')) this.singlePair()
      else this.node('flow')
    }
    this.sink.close()
  }

  /** `[a: b]` is a list of one mapping. */
  private singlePair(): void {
    this.open('map', { anchor: null, tag: null, offset: this.peek().offset })
    this.nodeUnless('flow', 'value', ',', ']')
    if (this.take('value')) this.nodeUnless('flow', ',', ']')
    else this.empty()
    this.sink.close()
  }

  private flowMapping(properties: NodeProperties): void {
    this.open('map', properties)
    for (let isFirst = true; !this.take('}'); isFirst = false) {
      if (!isFirst && !this.take(',')) this.fail("did not find expected ',' or '}'")
      if (this.take('}')) break
      this.flowPair()
    }
    this.sink.close()
  }

  private flowPair(): void {
    if (!this.take('key')) {
      this.node('flow')
      return this.empty()
    }
    this.nodeUnless('flow', 'value', ',', '}')
    if (this.take('value')) this.nodeUnless('flow', ',', '}')
    else this.empty()
  }

  private nodeUnless(context: 'block' | 'flow' | 'block-value', ...ends: Kind[]): void {
    if (this.isAt(...ends)) this.empty()
    else this.node(context)
  }

  private open(kind: 'seq' | 'map', properties: NodeProperties): void {
    this.position += 1
    this.sink.open(kind, properties)
  }

  private empty(): void {
    this.sink.scalar('', true, { anchor: null, tag: null, offset: this.peek().offset })
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

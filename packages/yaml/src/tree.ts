import type { Comment } from './cursor.ts'
import type { CollectionPlace, NodeProperties, NodeSink, ScalarPlace } from './parser.ts'
import { keyName, Reader, type ReadOptions } from './read.ts'

/** Offsets in the text, in UTF-16 units. */
export interface YamlSpan {
  start: number
  end: number
}

/** `start` is that of its anchor or tag where it has one; `end` is behind its last character. */
interface NodeBase extends YamlSpan {
  /** Behind anchor and tag. */
  contentStart: number
  anchor: string | null
  tag: string | null
  /** As `parseYaml` reads it. */
  value: unknown
}

/** `empty` is a node that is not written at all. */
export interface YamlScalar extends NodeBase {
  kind: 'scalar'
  style: ScalarPlace['style']
  text: string
}

export interface YamlAlias extends NodeBase {
  kind: 'alias'
  name: string
  target: YamlNode
}

export interface YamlMapping extends NodeBase {
  kind: 'map'
  isFlow: boolean
  pairs: YamlPair[]
}

export interface YamlSequence extends NodeBase {
  kind: 'seq'
  isFlow: boolean
  items: YamlItem[]
}

export type YamlNode = YamlScalar | YamlAlias | YamlMapping | YamlSequence

/** From its key, or the `?` before it, to the end of its value. */
export interface YamlPair extends YamlSpan {
  /** As the mapping's value has it; null for a merge. */
  name: string | null
  key: YamlNode
  value: YamlNode
  /** Offset of the `:`; null where there is none. */
  colon: number | null
}

/** From its dash, in flow style from its value, to the end of its value. */
export interface YamlItem extends YamlSpan {
  value: YamlNode
}

/** How a text is built: every node with its place. */
export interface YamlTree {
  text: string
  /** null for a text without a document. */
  root: YamlNode | null
  comments: readonly Comment[]
}

/**
 * Reads a text as `parseYaml` does and keeps the places of everything in it.
 *
 * @throws YamlError
 */
export function parseYamlTree(text: string, options: ReadOptions = {}): YamlTree {
  const builder = new TreeBuilder(new Reader(text, options))
  const comments = builder.reader.read(builder)
  return { text, root: builder.root, comments }
}

interface OpenNode {
  node: YamlMapping | YamlSequence
  /** Offsets of the signs before the next node, if there were any. */
  dash: number | null
  question: number | null
  colon: number | null
  key: YamlNode | null
  /** What `key` is called. */
  name: string | null
}

class TreeBuilder implements NodeSink {
  readonly reader: Reader
  root: YamlNode | null = null
  readonly #open: OpenNode[] = []
  readonly #anchors = new Map<string, YamlNode>()

  constructor(reader: Reader) {
    this.reader = reader
  }

  scalar(text: string, isPlain: boolean, properties: NodeProperties, place: ScalarPlace): void {
    this.reader.scalar(text, isPlain, properties)
    const { start, end, style } = place
    this.#finish({ kind: 'scalar', style, text, ...base(properties, start), end, value: this.reader.finished?.value })
  }

  open(kind: 'seq' | 'map', properties: NodeProperties, place: CollectionPlace): void {
    this.reader.open(kind, properties)
    const common = { isFlow: place.isFlow, ...base(properties, place.start), value: null }
    const node: OpenNode['node'] =
      kind === 'map' ? { kind: 'map', ...common, pairs: [] } : { kind: 'seq', ...common, items: [] }
    if (properties.anchor !== null) this.#anchors.set(properties.anchor, node)
    this.#open.push({ node, dash: null, question: null, colon: null, key: null, name: null })
  }

  close(end: number | null): void {
    this.reader.close()
    const open = this.#open.pop()
    if (open === undefined) return
    const { node } = open
    const parts = node.kind === 'map' ? node.pairs : node.items
    node.end = end ?? parts.at(-1)?.end ?? node.contentStart
    node.value = this.reader.finished?.value
    this.#finish(node)
  }

  alias(name: string, offset: number): void {
    this.reader.alias(name, offset)
    const target = this.#anchors.get(name)
    if (target === undefined) return
    const end = offset + name.length + 1
    const common = { start: offset, contentStart: offset, end, anchor: null, tag: null }
    this.#finish({ kind: 'alias', name, target, ...common, value: target.value })
  }

  sign(sign: '-' | '?' | ':', offset: number): void {
    const open = this.#open.at(-1)
    if (open === undefined) return
    if (sign === '-') open.dash = offset
    else if (sign === '?') open.question = offset
    else open.colon = offset
  }

  #finish(node: YamlNode): void {
    if (node.anchor !== null) this.#anchors.set(node.anchor, node)
    const open = this.#open.at(-1)
    if (open === undefined) this.root = node
    else if (open.node.kind === 'seq') {
      open.node.items.push({ start: open.dash ?? node.start, end: node.end, value: node })
      open.dash = null
    } else if (open.key === null) this.#key(open, node)
    else this.#pair(open, open.node, open.key, node)
  }

  #key(open: OpenNode, node: YamlNode): void {
    const read = this.reader.finished
    open.key = node
    open.name = read === null || read.tag === 'merge' ? null : keyName(read)
  }

  #pair(open: OpenNode, { pairs }: YamlMapping, key: YamlNode, value: YamlNode): void {
    const start = open.question ?? key.start
    pairs.push({ start, end: Math.max(key.end, value.end), name: open.name, key, value, colon: open.colon })
    Object.assign(open, { key: null, name: null, question: null, colon: null })
  }
}

function base({ anchor, tag, offset }: NodeProperties, contentStart: number) {
  const start = anchor === null && tag === null ? contentStart : offset
  return { start, contentStart, anchor, tag, end: contentStart }
}

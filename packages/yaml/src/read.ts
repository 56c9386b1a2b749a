import { type Comment, SyntaxFault } from './cursor.ts'
import { parseDocument, type NodeProperties, type NodeSink } from './parser.ts'
import { implicitTag, pythonFloat, scalarValue, type ScalarTag } from './scalars.ts'
import { YamlError, placeOf } from './yaml-error.ts'

export interface ReadOptions {
  /** Named in errors, usually the file name. */
  source?: string
  /**
   * Most nodes a document may have once its aliases and merges are written out; what guards against alias bombs.
   *
   * @default DEFAULT_MAX_NODES
   */
  maxNodes?: number
  /** Deepest nesting of collections. @default DEFAULT_MAX_DEPTH */
  maxDepth?: number
}

export const DEFAULT_MAX_NODES = 2_000_000
export const DEFAULT_MAX_DEPTH = 200

/**
 * Reads one document as PyYAML's `safe_load` does: YAML 1.1 scalars, merge keys, the last of duplicate keys wins, an
 * empty text is null. Dates become ISO text; keys become the text that JSON would show for them.
 * Values behind an alias are shared, not copied: treat the result as read-only.
 *
 * @throws YamlError
 */
export function parseYaml(text: string, options: ReadOptions = {}): unknown {
  const reader = new Reader(text, options)
  reader.read(reader)
  return reader.finished === null ? null : reader.finished.value
}

type Mapping = Record<string, unknown>

/** A finished node. `tag` of a collection is its kind. */
export interface ReadNode {
  value: unknown
  tag: ScalarTag | 'seq' | 'map'
  /** Nodes it consists of with aliases written out. */
  size: number
  offset: number
}

interface OpenCollection {
  kind: 'seq' | 'map'
  tag: string
  anchor: string | null
  offset: number
  /** `nodes` when it was opened. */
  nodesBefore: number
  items: ReadNode[]
}

interface AnchoredNode {
  /** null while the node is still being read: an alias to it would be recursive. */
  node: ReadNode | null
}

const CORE = 'tag:yaml.org,2002:'
const SCALAR_TAGS = new Set<string>(['str', 'null', 'bool', 'int', 'float', 'timestamp', 'binary'])
const COLLECTION_TAGS: Record<'seq' | 'map', ReadonlySet<string>> = {
  seq: new Set(['seq', 'omap', 'pairs']),
  map: new Set(['map', 'set']),
}
const NON_PRINTABLE =
  /[^\t\n\r\x20-\x7E\x85\xA0-\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Makes values of nodes. Other sinks hand their nodes on to one, so that all agree on what a text means. */
export class Reader implements NodeSink {
  private readonly text: string
  private readonly source: string | null
  private readonly maxNodes: number
  private readonly maxDepth: number
  private readonly anchors = new Map<string, AnchoredNode>()
  private readonly openCollections: OpenCollection[] = []
  private nodes = 0
  /** The node that ended last; at the end of the text its root. */
  finished: ReadNode | null = null

  constructor(text: string, options: ReadOptions) {
    this.text = text
    this.source = options.source ?? null
    this.maxNodes = options.maxNodes ?? DEFAULT_MAX_NODES
    this.maxDepth = options.maxDepth ?? DEFAULT_MAX_DEPTH
  }

  /** @returns the comments of the text */
  read(sink: NodeSink): readonly Comment[] {
    const match = NON_PRINTABLE.exec(this.text)
    if (match !== null) this.fail('special characters are not allowed', match.index)
    try {
      return parseDocument(this.text, this.maxDepth, sink)
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error
      return this.fail(error.message, error.offset, error)
    }
  }

  scalar(text: string, isPlain: boolean, properties: NodeProperties): void {
    const { anchor, offset } = properties
    const tag = this.scalarTag(text, isPlain, properties)
    // `<<` and `=` have a meaning as keys only; there the mapping looks at the tag
    const value = this.isMeaningfulKey(tag) ? text : this.scalarValue(tag, text, offset)
    this.count(1, offset)
    const node: ReadNode = { value, tag, size: 1, offset }
    if (anchor !== null) this.anchors.set(this.newAnchor(anchor, offset), { node })
    this.add(node)
  }

  private isMeaningfulKey(tag: ScalarTag): boolean {
    const parent = this.openCollections.at(-1)
    return (tag === 'merge' || tag === 'value') && parent?.kind === 'map' && parent.items.length % 2 === 0
  }

  /** A non-specific `!` makes even a quoted scalar resolve as a plain one. */
  private scalarTag(text: string, isPlain: boolean, { tag, offset }: NodeProperties): ScalarTag {
    if (tag === null || tag === '!') return isPlain || tag === '!' ? implicitTag(text) : 'str'
    const name = tag.startsWith(CORE) ? tag.slice(CORE.length) : ''
    if (isScalarTag(name)) return name
    const kind = COLLECTION_TAGS.seq.has(name) ? 'sequence' : COLLECTION_TAGS.map.has(name) ? 'mapping' : null
    if (kind !== null) return this.fail(`expected a ${kind} node, but found scalar`, offset)
    return this.fail(`could not determine a constructor for the tag '${tag}'`, offset)
  }

  private scalarValue(tag: ScalarTag, text: string, offset: number): unknown {
    try {
      return scalarValue(tag, text)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return this.fail(error.message, offset, error)
    }
  }

  open(kind: 'seq' | 'map', properties: NodeProperties): void {
    const { anchor, offset } = properties
    const tag = this.collectionTag(kind, properties.tag, offset)
    if (anchor !== null) this.anchors.set(this.newAnchor(anchor, offset), { node: null })
    this.count(1, offset)
    this.openCollections.push({ kind, tag, anchor, offset, nodesBefore: this.nodes - 1, items: [] })
  }

  private collectionTag(kind: 'seq' | 'map', tag: string | null, offset: number): string {
    if (tag === null || tag === '!') return kind
    const name = tag.startsWith(CORE) ? tag.slice(CORE.length) : ''
    if (COLLECTION_TAGS[kind].has(name)) return name
    const found = kind === 'seq' ? 'sequence' : 'mapping'
    if (SCALAR_TAGS.has(name)) return this.fail(`expected a scalar node, but found ${found}`, offset)
    const other = kind === 'seq' ? 'map' : 'seq'
    const expected = other === 'seq' ? 'sequence' : 'mapping'
    if (COLLECTION_TAGS[other].has(name)) return this.fail(`expected a ${expected} node, but found ${found}`, offset)
    return this.fail(`could not determine a constructor for the tag '${tag}'`, offset)
  }

  alias(name: string, offset: number): void {
    const anchored = this.anchors.get(name)
    if (anchored === undefined) return this.fail(`found undefined alias '${name}'`, offset)
    if (anchored.node === null) return this.fail(`alias '${name}' is inside the node it stands for`, offset)
    this.count(anchored.node.size, offset)
    this.add({ ...anchored.node, offset })
  }

  close(): void {
    const collection = this.openCollections.pop()
    if (collection === undefined) return
    const value = this.collectionValue(collection)
    const node: ReadNode = {
      value,
      tag: collection.kind,
      size: this.nodes - collection.nodesBefore,
      offset: collection.offset,
    }
    if (collection.anchor !== null) this.anchors.set(collection.anchor, { node })
    this.add(node)
  }

  private add(node: ReadNode): void {
    this.finished = node
    this.openCollections.at(-1)?.items.push(node)
  }

  private collectionValue(collection: OpenCollection): unknown {
    switch (collection.tag) {
      case 'map':
        return this.mappingValue(collection.items)
      case 'set':
        return Object.keys(this.mappingValue(collection.items))
      case 'omap':
      case 'pairs':
        return collection.items.map((item) => this.pairValue(item))
      default:
        return collection.items.map((item) => item.value)
    }
  }

  /** A Python tuple, which JSON shows as a list. */
  private pairValue(item: ReadNode): [unknown, unknown] {
    if (item.tag !== 'map' || !isMapping(item.value)) {
      return this.fail(`expected a mapping of length 1, but found ${kindOf(item)}`, item.offset)
    }
    const [pair, ...more] = Object.entries(item.value)
    if (pair === undefined || more.length > 0) {
      return this.fail(`expected a single mapping item, but found ${more.length + (pair ? 1 : 0)} items`, item.offset)
    }
    return pair
  }

  /** Merged pairs come first, so that the mapping's own keys win. */
  private mappingValue(items: ReadNode[]): Mapping {
    const result: Mapping = {}
    for (const [key, value] of pairsOf(items)) {
      if (key.tag !== 'merge') continue
      // what is merged was counted where it stands or where its alias stands
      for (const source of this.mergeSources(value)) {
        for (const name of Object.keys(source)) setKey(result, name, source[name])
      }
    }
    const numericKeys = new Map<number, string>()
    for (const [key, value] of pairsOf(items)) {
      if (key.tag !== 'merge') setKey(result, this.keyText(key, numericKeys), value.value)
    }
    return result
  }

  /** Of several mappings in one merge the first wins, hence the reversed order. */
  private mergeSources(value: ReadNode): Mapping[] {
    if (value.tag === 'map' && isMapping(value.value)) return [value.value]
    if (value.tag !== 'seq' || !Array.isArray(value.value)) {
      return this.fail('expected a mapping or list of mappings for merging, but found scalar', value.offset)
    }
    const sources = value.value.map((item: unknown) => {
      if (isMapping(item)) return item
      const found = Array.isArray(item) ? 'sequence' : 'scalar'
      return this.fail(`expected a mapping for merging, but found ${found}`, value.offset)
    })
    return sources.reverse()
  }

  /** The key as JSON writes it; 1, 1.0 and true are one key, as in Python, under the name of the first. */
  private keyText(key: ReadNode, numericKeys: Map<number, string>): string {
    const name = keyName(key)
    if (name === null) return this.fail('found unhashable key', key.offset)
    if (typeof key.value !== 'number' && typeof key.value !== 'boolean') return name
    const known = numericKeys.get(Number(key.value))
    if (known !== undefined) return known
    numericKeys.set(Number(key.value), name)
    return name
  }

  private newAnchor(name: string, offset: number): string {
    if (this.anchors.has(name)) return this.fail(`found duplicate anchor '${name}'`, offset)
    return name
  }

  private count(nodes: number, offset: number): void {
    this.nodes += nodes
    if (this.nodes > this.maxNodes) {
      this.fail(`the document has more than ${this.maxNodes} nodes with its aliases written out`, offset)
    }
  }

  private fail(reason: string, offset: number, cause?: unknown): never {
    const place = { ...placeOf(this.text, offset), source: this.source }
    throw new YamlError(reason, place, cause === undefined ? undefined : { cause })
  }
}

function isScalarTag(name: string): name is ScalarTag {
  return SCALAR_TAGS.has(name)
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(node: ReadNode): 'scalar' | 'sequence' | 'mapping' {
  if (node.tag === 'map') return 'mapping'
  return node.tag === 'seq' ? 'sequence' : 'scalar'
}

/** A key as JSON writes it; null for what can be no key. */
export function keyName({ value, tag }: ReadNode): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return tag === 'float' ? pythonFloat(value) : String(value)
  return value === null || typeof value === 'boolean' ? String(value) : null
}

function* pairsOf(items: ReadNode[]): Generator<[ReadNode, ReadNode]> {
  for (let index = 0; index + 1 < items.length; index += 2) {
    const [key, value] = [items[index], items[index + 1]]
    if (key !== undefined && value !== undefined) yield [key, value]
  }
}

/** `__proto__` must become a key of its own. */
function setKey(target: Mapping, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else target[key] = value
}

import { Changes } from '../lazy-list.ts'
import { expressionText, type PathStep, pathText } from './json-path.ts'
import { countText, type JsonRow, RANGE, rangeStep } from './json-rows.ts'
import type { JsonSource } from './json-source.ts'
import { grow, nodeAt, type RowNode } from './tree-rows.ts'
import type { JsonType } from './value-store.ts'

export interface OutlineEntry {
  readonly key: PathStep
  readonly type: JsonType
  /** Entries, or characters of a text; null for what has neither. */
  readonly count: number | null
  /** The beginning of a scalar. */
  readonly preview: string
  readonly is_whole: boolean
}

export interface Outline {
  readonly type: JsonType
  readonly count: number | null
  readonly children: readonly OutlineEntry[]
}

export interface OutlineReader {
  readonly outline: (path: string, offset: number, limit: number) => Promise<Outline>
  /** What is copied of a place. */
  readonly text: (path: string) => Promise<string>
}

interface Node extends RowNode<Node> {
  readonly id: number
  readonly depth: number
  readonly steps: readonly PathStep[]
  readonly row: Omit<JsonRow, 'id' | 'depth' | 'open'>
  /** Entries below; 0: nothing to open. */
  readonly size: number
  /** For a range, and for a value the whole of it: the entries it stands for. */
  readonly range: readonly [from: number, to: number]
  children: Node[] | null
}

/**
 * A tree whose nodes are asked for when they are opened, so that a value of any size costs what is visible. It looks like
 * `JsonTreeModel`, which has its value at hand.
 */
export class OutlineTree extends Changes implements JsonSource {
  private readonly nodes = new Map<number, Node>()
  private readonly reader: OutlineReader
  private readonly root: Node
  private nextId = 0

  constructor(reader: OutlineReader, base: readonly PathStep[], described: Pick<Outline, 'type' | 'count'>) {
    super()
    this.reader = reader
    const entry = { key: '', preview: '', is_whole: true, ...described }
    this.root = this.make(null, base, null, entry)
    void this.open(this.root)
  }

  get count(): number {
    return this.root.rows
  }

  row(index: number): JsonRow | undefined {
    const node = nodeAt(this.root, index)
    return { ...node.row, id: node.id, depth: node.depth, open: node.size === 0 ? null : node.children !== null }
  }

  toggle(id: number): void {
    const node = this.nodes.get(id)
    if (node === undefined || node.size === 0) return
    if (node.children === null) void this.open(node)
    else this.close(node)
  }

  path(id: number): string {
    return pathText(this.nodes.get(id)?.steps ?? this.root.steps)
  }

  expression(id: number): string {
    return expressionText(this.nodes.get(id)?.steps ?? this.root.steps)
  }

  text(id: number): Promise<string> {
    return this.reader.text(this.path(id))
  }

  private make(parent: Node | null, steps: readonly PathStep[], label: string | null, entry: OutlineEntry): Node {
    const isContainer = entry.type === 'object' || entry.type === 'array'
    const size = isContainer ? (entry.count ?? 0) : 0
    return this.add({ parent, steps, size, range: [0, size], row: { label, ...looksOf(entry) } })
  }

  private add(made: Pick<Node, 'parent' | 'steps' | 'size' | 'range' | 'row'>): Node {
    const depth = made.parent === null ? 0 : made.parent.depth + 1
    const node: Node = { ...made, id: this.nextId++, depth, children: null, rows: 1 }
    this.nodes.set(node.id, node)
    return node
  }

  private async open(node: Node): Promise<void> {
    const [from, to] = node.range
    if (to - from > RANGE) return this.show(node, this.rangesOf(node))
    // The row that says so is not there any more when the answer comes to a node that was closed meanwhile.
    const waiting = this.note(node, 'loading …')
    this.show(node, [waiting])
    const children = await this.childrenOf(node).catch((error: unknown) => [
      this.note(node, error instanceof Error ? error.message : String(error)),
    ])
    if (node.children?.[0] !== waiting) return
    this.close(node)
    this.show(node, children)
  }

  private async childrenOf(node: Node): Promise<Node[]> {
    const [from, to] = node.range
    const { children } = await this.reader.outline(pathText(node.steps), from, to - from)
    return children.map((entry) => this.make(node, [...node.steps, entry.key], String(entry.key), entry))
  }

  private rangesOf(node: Node): Node[] {
    const [from, to] = node.range
    const step = rangeStep(to - from)
    return Array.from({ length: Math.ceil((to - from) / step) }, (_, part) => {
      const start = from + part * step
      const end = Math.min(to, start + step)
      const row = { label: `${start} … ${end - 1}`, kind: 'range', text: '', hidden: 0 } as const
      return this.add({ parent: node, steps: node.steps, size: end - start, range: [start, end], row })
    })
  }

  private note(parent: Node, text: string): Node {
    const row = { label: null, kind: 'range', text, hidden: 0 } as const
    return this.add({ parent, steps: parent.steps, size: 0, range: [0, 0], row })
  }

  private show(node: Node, children: Node[]): void {
    node.children = children
    grow(node, children.length)
    this.changed()
  }

  private close(node: Node): void {
    for (const child of node.children ?? []) this.forget(child)
    node.children = null
    grow(node, 1 - node.rows)
    this.changed()
  }

  private forget(node: Node): void {
    this.nodes.delete(node.id)
    for (const child of node.children ?? []) this.forget(child)
  }
}

function looksOf({
  type,
  count,
  preview,
  is_whole: isWhole,
}: OutlineEntry): Omit<JsonRow, 'id' | 'depth' | 'open' | 'label'> {
  if (type === 'object' || type === 'array') return { kind: type, text: countText(type, count ?? 0), hidden: 0 }
  if (type === 'string')
    return {
      kind: 'string',
      text: JSON.stringify(preview),
      hidden: isWhole ? 0 : (count ?? preview.length) - preview.length,
    }
  return { kind: type === 'number' ? 'number' : 'literal', text: preview, hidden: 0 }
}

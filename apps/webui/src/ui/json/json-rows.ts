import type { PathStep } from './json-path.ts'
import { grow, nodeAt, type RowNode } from './tree-rows.ts'

/**
 * A JSON value as rows of a tree, opened on demand. Nothing below a closed node is looked at, and long lists are cut
 * into ranges, so that a value of any size costs what is visible.
 */
export interface JsonRow {
  readonly id: number
  readonly depth: number
  /** Key in the parent object, index in the parent list, or the name of a range; null at the top. */
  readonly label: string | null
  readonly kind: 'object' | 'array' | 'range' | 'string' | 'number' | 'literal'
  /** Text of a leaf, or what a closed container holds. */
  readonly text: string
  /** null: nothing to open. */
  readonly open: boolean | null
  /** Characters of a string that are not in `text`. */
  readonly hidden: number
}

/** Children of one node; a longer list becomes ranges of this size. */
export const RANGE = 200
/** Nodes are opened by themselves while the tree stays below this many rows. */
const AUTO_OPEN_ROWS = 60
/** Characters of a string shown in its row. */
const MAX_TEXT = 600

interface Node extends RowNode<Node> {
  readonly id: number
  readonly depth: number
  readonly label: string | null
  readonly value: unknown
  /** For a range: the entries it stands for. */
  readonly range: readonly [from: number, to: number] | null
  children: Node[] | null
}

export class JsonTreeModel {
  private readonly root: Node
  private readonly nodes = new Map<number, Node>()
  private nextId = 0

  constructor(value: unknown) {
    this.root = this.make(value, null, null, null)
    this.autoOpen()
  }

  get count(): number {
    return this.root.rows
  }

  rowsBetween(from: number, to: number): JsonRow[] {
    const rows: JsonRow[] = []
    for (let index = from; index < Math.min(to, this.count); index++) rows.push(rowOf(nodeAt(this.root, index)))
    return rows
  }

  toggle(id: number): void {
    const node = this.nodes.get(id)
    if (node === undefined) return
    if (node.children === null) this.open(node)
    else this.close(node)
  }

  /** The value below a row, for copying. */
  valueOf(id: number): unknown {
    return this.nodes.get(id)?.value
  }

  /** The way down to a row; ranges are no steps. */
  stepsOf(id: number): PathStep[] {
    const steps: PathStep[] = []
    for (let node = this.nodes.get(id) ?? null; node !== null; node = node.parent) {
      if (node.label === null || node.range !== null) continue
      steps.unshift(Array.isArray(node.parent?.value) ? Number(node.label) : node.label)
    }
    return steps
  }

  private make(value: unknown, label: string | null, parent: Node | null, range: Node['range']): Node {
    const depth = parent === null ? 0 : parent.depth + 1
    const node: Node = { id: this.nextId++, depth, label, value, range, parent, children: null, rows: 1 }
    this.nodes.set(node.id, node)
    return node
  }

  private open(node: Node): void {
    const children = this.childrenOf(node)
    if (children.length === 0) return
    node.children = children
    grow(node, children.length)
  }

  private close(node: Node): void {
    for (const child of node.children ?? []) this.forget(child)
    node.children = null
    grow(node, 1 - node.rows)
  }

  private forget(node: Node): void {
    this.nodes.delete(node.id)
    for (const child of node.children ?? []) this.forget(child)
  }

  private childrenOf(node: Node): Node[] {
    const { value } = node
    if (!isContainer(value)) return []
    const keys = Array.isArray(value) ? null : Object.keys(value)
    const size = keys?.length ?? (value as readonly unknown[]).length
    const [from, to] = node.range ?? [0, size]
    const entry = (index: number) => {
      const key = keys === null ? String(index) : (keys[index] ?? '')
      return this.make((value as Record<string, unknown>)[key], key, node, null)
    }
    if (to - from <= RANGE) return Array.from({ length: to - from }, (_, offset) => entry(from + offset))
    const step = rangeStep(to - from)
    return Array.from({ length: Math.ceil((to - from) / step) }, (_, part) => {
      const start = from + part * step
      const end = Math.min(to, start + step)
      return this.make(value, `${start} … ${end - 1}`, node, [start, end])
    })
  }

  private autoOpen(): void {
    const queue: Node[] = [this.root]
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (!isContainer(node.value) || (node !== this.root && this.count + sizeOf(node.value) > AUTO_OPEN_ROWS)) continue
      this.open(node)
      if (node.children !== null && node.children[0]?.range == null) queue.push(...node.children)
    }
  }
}

/** Entries of each part of a list that is cut. */
export function rangeStep(size: number): number {
  let step = RANGE
  while (size / step > RANGE) step *= RANGE
  return step
}

function isContainer(value: unknown): value is Record<string, unknown> | readonly unknown[] {
  return typeof value === 'object' && value !== null
}

function sizeOf(value: Record<string, unknown> | readonly unknown[]): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length
}

/** `9 items`, `{}`. */
export function countText(kind: 'object' | 'array', size: number): string {
  if (size === 0) return kind === 'array' ? '[]' : '{}'
  return `${size.toLocaleString('en')} ${kind === 'array' ? 'item' : 'key'}${size === 1 ? '' : 's'}`
}

function rowOf(node: Node): JsonRow {
  const base = { id: node.id, depth: node.depth, label: node.label, hidden: 0 }
  if (node.range !== null) return { ...base, kind: 'range', text: '', open: node.children !== null }
  const { value } = node
  if (isContainer(value)) {
    const size = sizeOf(value)
    const kind = Array.isArray(value) ? 'array' : 'object'
    return { ...base, kind, text: countText(kind, size), open: size === 0 ? null : node.children !== null }
  }
  if (typeof value === 'string')
    return {
      ...base,
      kind: 'string',
      text: JSON.stringify(value.slice(0, MAX_TEXT)),
      open: null,
      hidden: Math.max(0, value.length - MAX_TEXT),
    }
  return { ...base, kind: typeof value === 'number' ? 'number' : 'literal', text: String(value), open: null }
}

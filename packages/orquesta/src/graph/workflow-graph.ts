import { compareText } from '@st2/python-values'
import { nodesInCycles } from './cycles.ts'

export interface GraphRetry {
  when: unknown
  count: unknown
  /** Absent for the command `retry`. */
  delay?: unknown
}

export interface GraphNode {
  id: string
  /** `*`: all inbound tasks; a number: that many. */
  barrier?: unknown
  /** Tasks on the way here that are run once for each arrival. */
  splits?: readonly string[]
  retry?: GraphRetry
}

export interface GraphEdge {
  source: string
  destination: string
  /** Counts the edges from the source to the destination. */
  key: number
  /** Which entry of the source's `next`. */
  ref: number
  /** null: always. */
  when: unknown
  /** `<destination>__t<key>`: what the edge is called in a task's state. */
  id: string
  /** `<source>__t<key>`: what it is called in routes and in the destination's state. */
  backReference: string
}

/** A directed graph of tasks and commands, with any number of edges from one to another. */
export class WorkflowGraph {
  readonly #nodes = new Map<string, GraphNode>()
  readonly #next = new Map<string, GraphEdge[]>()
  readonly #previous = new Map<string, GraphEdge[]>()
  readonly #pairs = new Map<string, GraphEdge[]>()
  readonly #sources = new Map<string, readonly string[]>()
  #inCycles: ReadonlySet<string> | null = null

  get nodes(): Iterable<GraphNode> {
    return this.#nodes.values()
  }

  has(task: string): boolean {
    return this.#nodes.has(task)
  }

  node(task: string): GraphNode | null {
    return this.#nodes.get(task) ?? null
  }

  /** The node, which is added where it is missing. */
  add(task: string): GraphNode {
    const node = this.#nodes.get(task) ?? { id: task }
    this.#nodes.set(task, node)
    return node
  }

  /** Adds an edge unless the same entry of `next` leads there already. Edges of a source come sorted by destination. */
  connect(source: string, destination: string, ref: number, when: unknown): void {
    this.add(source)
    this.add(destination)
    const siblings = listIn(this.#pairs, JSON.stringify([source, destination]))
    if (siblings.some((edge) => edge.ref === ref)) return
    const key = siblings.length
    const id = `${destination}__t${key}`
    const edge = { source, destination, key, ref, when, id, backReference: `${source}__t${key}` }
    siblings.push(edge)
    listIn(this.#next, source).push(edge)
    listIn(this.#previous, destination).push(edge)
    this.#sources.delete(destination)
    this.#inCycles = null
  }

  /** In the order in which they are judged: by destination. */
  next(task: string): readonly GraphEdge[] {
    return this.#next.get(task) ?? []
  }

  previous(task: string): readonly GraphEdge[] {
    return this.#previous.get(task) ?? []
  }

  /** The tasks that lead here, each once. */
  sources(task: string): readonly string[] {
    const known = this.#sources.get(task)
    if (known !== undefined) return known
    const sources = [...new Set(this.previous(task).map(({ source }) => source))]
    this.#sources.set(task, sources)
    return sources
  }

  /** Nodes that nothing leads to, sorted. */
  get roots(): string[] {
    return [...this.#nodes.keys()].filter((name) => this.previous(name).length === 0).sort(compareText)
  }

  isJoin(task: string): boolean {
    const barrier = this.#nodes.get(task)?.barrier ?? ''
    return barrier !== ''
  }

  isInCycle(task: string): boolean {
    this.#inCycles ??= nodesInCycles(this.#nodes.keys(), (name) => this.next(name).map((edge) => edge.destination))
    return this.#inCycles.has(task)
  }
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

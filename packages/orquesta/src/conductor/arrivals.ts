import type { GraphEdge, WorkflowGraph } from '../graph/workflow-graph.ts'
import { entryKey, type TaskEntry } from '../state/task-entry.ts'
import type { WorkflowState } from '../state/workflow-state.ts'

/** Of the tasks that lead to a task: those that have started on a route, and those a transition of which has led on. */
interface Inbound {
  started: Set<string>
  arrived: Set<string>
}

/**
 * Who has arrived where. It can be told from the entries, but not by each of a thousand arrivals anew: what has been asked for
 * once is kept up from then on. A decision that is taken back takes all of it along.
 */
export class Arrivals {
  readonly #graph: WorkflowGraph
  readonly #state: WorkflowState
  readonly #known = new Map<string, Inbound>()

  constructor(graph: WorkflowGraph, state: WorkflowState) {
    this.#graph = graph
    this.#state = state
  }

  /** @param route of the tasks that lead here */
  count(task: string, route: number): { started: number; arrived: number } {
    const key = entryKey(task, route)
    const inbound = this.#known.get(key) ?? this.#look(task, route)
    this.#known.set(key, inbound)
    return { started: inbound.started.size, arrived: inbound.arrived.size }
  }

  #look(task: string, route: number): Inbound {
    const inbound: Inbound = { started: new Set(), arrived: new Set() }
    for (const { source, id } of this.#graph.previous(task)) {
      const entry = this.#state.entry(source, route)
      if (entry !== null) inbound.started.add(source)
      if (entry?.next[id] === true) inbound.arrived.add(source)
    }
    return inbound
  }

  /** A new run of a task has led nowhere yet. */
  started({ id, route }: TaskEntry): void {
    if (this.#known.size === 0) return
    for (const { destination } of this.#graph.next(id)) {
      const inbound = this.#known.get(entryKey(destination, route))
      inbound?.started.add(id)
      inbound?.arrived.delete(id)
    }
    this.#state.undo.also(() => this.#known.clear())
  }

  arrived({ id, route }: TaskEntry, { destination }: GraphEdge): void {
    this.#known.get(entryKey(destination, route))?.arrived.add(id)
    this.#state.undo.also(() => this.#known.clear())
  }
}

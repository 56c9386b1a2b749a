import { compareText } from '@st2/python-values'
import { nodesInCycles } from '../graph/cycles.ts'
import { isEngineCommand, type TaskSpec, type TransitionSpec, type WorkflowSpec } from '../spec/workflow-spec.ts'

/** A transition to one of its destinations. */
export interface Link {
  from: string
  to: string
  /** Index in `next`. */
  transition: number
}

/**
 * Which tasks follow which, as a definition says it: destinations may be undefined. A task that is called like an engine command
 * counts as that command and is followed by nothing.
 *
 * @source orquesta: orquesta/specs/native/v1/models.py TaskMappingSpec
 */
export class TaskLinks {
  readonly #tasks: ReadonlyMap<string, TaskSpec>
  readonly #next = new Map<string, Link[]>()
  readonly #previous = new Map<string, Link[]>()
  readonly #cyclic: ReadonlySet<string>

  constructor(spec: WorkflowSpec) {
    this.#tasks = spec.tasks
    for (const name of spec.tasks.keys()) {
      const links = this.transitionsOf(name).flatMap(({ index, do: destinations }) =>
        destinations.map((to) => ({ from: name, to, transition: index })),
      )
      this.#next.set(
        name,
        links.sort((left, right) => compareText(left.to, right.to)),
      )
      for (const link of links) this.#addPrevious(link)
    }
    this.#cyclic = nodesInCycles(spec.tasks.keys(), (name) => this.next(name).map(({ to }) => to))
  }

  #addPrevious(link: Link): void {
    const known = this.#previous.get(link.to)
    if (known === undefined) this.#previous.set(link.to, [link])
    else known.push(link)
  }

  /** Tasks that nothing leads to, by name. */
  get starts(): string[] {
    return [...this.#tasks.keys()].filter((name) => this.previous(name).length === 0).sort(compareText)
  }

  isTask(name: string): boolean {
    return this.#tasks.has(name)
  }

  /** A task that is called like an engine command is never run as the task it describes. */
  isReserved(name: string): boolean {
    return isEngineCommand(name)
  }

  /** A task or an engine command. */
  isKnown(name: string): boolean {
    return this.isTask(name) || isEngineCommand(name)
  }

  transitionsOf(name: string): readonly TransitionSpec[] {
    return isEngineCommand(name) ? [] : (this.#tasks.get(name)?.next ?? [])
  }

  /** By destination; equal ones in the order of their transitions. */
  next(name: string): readonly Link[] {
    return this.#next.get(name) ?? []
  }

  previous(name: string): readonly Link[] {
    return this.#previous.get(name) ?? []
  }

  join(name: string): unknown {
    return isEngineCommand(name) ? null : (this.#tasks.get(name)?.join ?? null)
  }

  isJoin(name: string): boolean {
    return this.join(name) !== null
  }

  /** It runs once for each arrival, on a route of its own. */
  isSplit(name: string): boolean {
    return !this.isJoin(name) && this.previous(name).length > 1
  }

  isInCycle(name: string): boolean {
    return this.#cyclic.has(name)
  }
}

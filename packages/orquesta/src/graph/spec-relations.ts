import { compareText, PythonKeyError, repr } from '@st2/python-values'
import { isEngineCommand, type TaskSpec, type WorkflowSpec } from '../spec/workflow-spec.ts'
import { nodesInCycles } from './cycles.ts'

/** What one task says about another. */
export interface Relation {
  source: string
  destination: string
  when: unknown
  /** Which entry of the source's `next`. */
  index: number
}

/** Who follows whom according to the definition, whether or not a task can be reached. */
export class SpecRelations {
  readonly #next = new Map<string, readonly Relation[]>()
  readonly #previous = new Map<string, Relation[]>()
  readonly #tasks: ReadonlyMap<string, TaskSpec>
  #inCycles: ReadonlySet<string> | null = null

  constructor({ tasks }: WorkflowSpec) {
    this.#tasks = tasks
    for (const task of tasks.values()) {
      const relations = relationsOf(task)
      this.#next.set(task.name, relations)
      for (const relation of relations) this.#addPrevious(relation)
    }
  }

  #addPrevious(relation: Relation): void {
    const known = this.#previous.get(relation.destination)
    if (known === undefined) this.#previous.set(relation.destination, [relation])
    else known.push(relation)
  }

  /** Sorted by destination, then by place in `next`. */
  next(task: string): readonly Relation[] {
    return this.#next.get(task) ?? []
  }

  previous(task: string): readonly Relation[] {
    return this.#previous.get(task) ?? []
  }

  /** Tasks that nothing leads to, sorted. */
  get starts(): string[] {
    return [...this.#tasks.keys()].filter((name) => this.previous(name).length === 0).sort(compareText)
  }

  isJoin(task: string): boolean {
    return (this.#task(task)?.join ?? null) !== null
  }

  /** More than one transition leads to it, and it joins nothing: each arrival is a run of its own. */
  isSplit(task: string): boolean {
    return !this.isJoin(task) && this.previous(task).length > 1
  }

  isInCycle(task: string): boolean {
    this.#inCycles ??= nodesInCycles(this.#tasks.keys(), (name) => {
      this.#task(name)
      return this.next(name).map(({ destination }) => destination)
    })
    return this.#inCycles.has(task)
  }

  /** @returns null for a command @throws PythonKeyError for a name that stands for nothing */
  #task(name: string): TaskSpec | null {
    if (isEngineCommand(name)) return null
    const task = this.#tasks.get(name)
    if (task === undefined) throw new PythonKeyError(repr(name))
    return task
  }
}

function relationsOf({ name, next }: TaskSpec): Relation[] {
  return next
    .flatMap(({ when, index, do: destinations }) =>
      destinations.map((destination) => ({ source: name, destination, when, index })),
    )
    .sort((left, right) => compareText(left.destination, right.destination))
}

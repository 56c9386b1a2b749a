import { getKey, isTruthy, PythonError, typeName } from '@st2/python-values'
import type { TaskSpec, WorkflowSpec } from '../spec/workflow-spec.ts'
import { type Relation, SpecRelations } from './spec-relations.ts'
import { WorkflowGraph } from './workflow-graph.ts'

/** Attempts after the first that `do: retry` asks for. */
const RETRY_COMMAND_COUNT = 3

/**
 * The graph of what can be reached from the start tasks.
 *
 * @throws PythonKeyError for a transition to a task that is not defined, PythonError for a workflow without tasks
 * @source orquesta: orquesta/composers/native.py
 */
export function composeGraph(spec: WorkflowSpec, relations = new SpecRelations(spec)): WorkflowGraph {
  return new Composer(spec, relations).compose()
}

interface Visit {
  task: string
  /** Split tasks on the way. */
  splits: string[]
}

class Composer {
  readonly #spec: WorkflowSpec
  readonly #relations: SpecRelations
  readonly #graph = new WorkflowGraph()
  readonly #queue: Visit[] = []
  /** Splits with which a task was queued, all ways together. */
  readonly #queued = new Map<string, Set<string>>()

  constructor(spec: WorkflowSpec, relations: SpecRelations) {
    this.#spec = spec
    this.#relations = relations
  }

  compose(): WorkflowGraph {
    const { tasks, raw } = this.#spec
    if (tasks.size === 0) {
      const kind = typeName(getKey(raw, 'tasks') ?? null)
      throw new PythonError('AttributeError', `'${kind}' object has no attribute 'get_start_tasks'`)
    }
    for (const task of this.#relations.starts) this.#queue.push({ task, splits: [] })
    // grows while it is walked
    for (const visit of this.#queue) this.#visit(visit)
    return this.#graph
  }

  #visit({ task, splits }: Visit): void {
    const node = this.#graph.add(task)
    if (this.#relations.isJoin(task)) {
      const join = this.#spec.tasks.get(task)?.join
      node.barrier = join === 'all' ? '*' : join
    }
    if (this.#relations.isSplit(task) && !this.#relations.isInCycle(task)) splits.push(task)
    if (splits.length > 0) node.splits = splits
    const retry = retryOf(this.#spec.tasks.get(task))
    if (retry !== null) node.retry = retry
    for (const relation of this.#relations.next(task)) this.#follow(relation, splits)
  }

  #follow({ source, destination, when, index }: Relation, splits: string[]): void {
    if (destination === 'retry') {
      this.#graph.add(source).retry = { when: isTruthy(when) ? when : '<% completed() %>', count: RETRY_COMMAND_COUNT }
      return
    }
    if (!this.#graph.has(destination) || !this.#relations.isInCycle(destination)) this.#enqueue(destination, splits)
    this.#graph.connect(source, destination, index, when)
  }

  /** Again only when a way brings splits that no other has brought. */
  #enqueue(task: string, splits: string[]): void {
    const queued = this.#queued.get(task)
    if (queued !== undefined && splits.every((split) => queued.has(split))) return
    this.#queued.set(task, new Set([...(queued ?? []), ...splits]))
    this.#queue.push({ task, splits: [...splits] })
  }
}

function retryOf(task: TaskSpec | undefined) {
  if (task === undefined || task.retry === null) return null
  const { when, count, delay } = task.retry
  return { when, count, delay }
}

import { createHash } from 'node:crypto'
import {
  ConflictError,
  workflowDefinitions,
  type WorkflowEvent,
  workflowEvents,
  type WorkflowExecution,
  workflowExecutions,
  type WorkflowSnapshot,
  workflowSnapshots,
} from '@st2/model'
import type { Filter, Store } from '../ports/store.ts'

/** Rows of a journal that are read at once. */
const PAGE = 500
/** Records that one write takes. */
const BATCH = 1000
/** Hashes of definitions known to be stored. */
const KNOWN_DEFINITIONS = 2000

/** Records of workflows, their journals, snapshots and definitions in the store. */
export class WorkflowStore {
  readonly #store: Store
  readonly #definitions = new Set<string>()

  constructor(store: Store) {
    this.#store = store
  }

  get(id: string): Promise<WorkflowExecution | null> {
    return this.#store.get(workflowExecutions, id)
  }

  /** False: somebody has stored it already. */
  insert(record: WorkflowExecution): Promise<boolean> {
    return unlessTaken(this.#store.insert(workflowExecutions, record))
  }

  /** The record that belongs to an execution now. */
  async ofExecution(execution: string): Promise<WorkflowExecution | null> {
    const filter: Filter = [{ field: 'action_execution', op: 'eq', value: execution }]
    const [found] = await this.#store.find(workflowExecutions, { filter, limit: 1 })
    return found ?? null
  }

  async change(id: string, set: Partial<WorkflowExecution>): Promise<WorkflowExecution | null> {
    const filter: Filter = [{ field: 'id', op: 'eq', value: id }]
    const [changed] = await this.#store.claim(workflowExecutions, { filter, order: [], limit: 1, patch: { set } })
    return changed ?? null
  }

  /** As it was read, or not at all. */
  replace(record: WorkflowExecution): Promise<WorkflowExecution | null> {
    return this.#store.replace(workflowExecutions, record)
  }

  /** Takes up to `limit` records that nobody looks after since `dueAt`. */
  async claimDue(owner: string, limit: number, dueAt: number, until: number): Promise<WorkflowExecution[]> {
    const filter: Filter = [{ field: 'due_at', op: 'lte', value: dueAt }]
    // Mostly there is none, and asking keeps no writer waiting.
    if ((await this.#store.find(workflowExecutions, { filter, limit: 1 })).length === 0) return []
    return this.#store.claim(workflowExecutions, {
      filter,
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { claimed_by: owner, due_at: until } },
    })
  }

  /** Takes what others left, of whom it is known that they are dead. */
  claimOfDead(owner: string, limit: number, until: number): Promise<WorkflowExecution[]> {
    return this.#store.claim(workflowExecutions, {
      filter: [
        { field: 'due_at', op: 'ne', value: null },
        { field: 'claimed_by', op: 'ne', value: owner },
      ],
      order: [{ field: 'due_at', direction: 'asc' }],
      limit,
      patch: { set: { claimed_by: owner, due_at: until } },
    })
  }

  /** Keeps all that the owner has; answers their ids. */
  async keepClaims(owner: string, until: number): Promise<string[]> {
    const kept: string[] = []
    for (;;) {
      const claimed = await this.#store.claim(workflowExecutions, {
        filter: [
          { field: 'claimed_by', op: 'eq', value: owner },
          { field: 'due_at', op: 'lt', value: until },
        ],
        order: [],
        limit: BATCH,
        patch: { set: { due_at: until } },
      })
      kept.push(...claimed.map(({ id }) => id))
      if (claimed.length < BATCH) return kept
    }
  }

  /** The owner stops: others may take what it has at once. */
  async giveUp(owner: string): Promise<void> {
    const claim = {
      filter: [{ field: 'claimed_by', op: 'eq', value: owner }] satisfies Filter,
      order: [],
      limit: BATCH,
      patch: { set: { claimed_by: undefined, due_at: 0 } },
    }
    while ((await this.#store.claim(workflowExecutions, claim)).length === BATCH);
  }

  /** All of them or none. False: their numbers are taken, another engine was faster. */
  append(rows: readonly WorkflowEvent[]): Promise<boolean> {
    return unlessTaken(this.#store.insert(workflowEvents, ...rows))
  }

  event(id: string): Promise<WorkflowEvent | null> {
    return this.#store.get(workflowEvents, id)
  }

  /** In their order, from that number on. */
  async *events(workflow: string, from: number): AsyncIterable<WorkflowEvent> {
    for (let next = from; ; ) {
      const page = await this.eventPage(workflow, next, PAGE)
      yield* page
      if (page.length < PAGE) return
      next = (page.at(-1)?.seq ?? next) + 1
    }
  }

  eventPage(workflow: string, from: number, limit: number): Promise<WorkflowEvent[]> {
    return this.#store.find(workflowEvents, {
      filter: [
        { field: 'workflow', op: 'eq', value: workflow },
        { field: 'seq', op: 'gte', value: from },
      ],
      order: [{ field: 'seq', direction: 'asc' }],
      limit,
    })
  }

  snapshot(workflow: string): Promise<WorkflowSnapshot | null> {
    return this.#store.get(workflowSnapshots, workflow)
  }

  putSnapshot(snapshot: WorkflowSnapshot): Promise<void> {
    return this.#store.put(workflowSnapshots, snapshot)
  }

  /** Stores a definition that is not there yet; answers its id. */
  async keepDefinition(text: string): Promise<string> {
    const id = createHash('sha256').update(text).digest('hex').slice(0, 32)
    if (this.#definitions.has(id)) return id
    await this.#store.put(workflowDefinitions, { id, text })
    if (this.#definitions.size >= KNOWN_DEFINITIONS) this.#definitions.clear()
    this.#definitions.add(id)
    return id
  }

  async definition(id: string): Promise<string> {
    const found = await this.#store.get(workflowDefinitions, id)
    // Written before the record that names it.
    if (found === null) throw new Error(`definition ${id} is missing from the store`)
    return found.text
  }
}

async function unlessTaken(insert: Promise<void>): Promise<boolean> {
  try {
    await insert
    return true
  } catch (error) {
    if (error instanceof ConflictError) return false
    throw error
  }
}

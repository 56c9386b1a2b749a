import { COMPLETED_STATUSES, type ExecutionDocument, WORKFLOW_RUNNERS } from '@st2/model'
import type { Condition, Order } from '../ports/store.ts'
import type { ExecutionStore } from './execution-store.ts'

/** Values that one condition takes. */
const MAX_VALUES = 1000
/** Children read at once. */
const PAGE = 500

export interface DescendantsQuery {
  /** Levels below the execution; Infinity: all. */
  readonly depth: number
  /** Either way, siblings are ordered by start. */
  readonly order: 'depth-first' | 'by-start'
  readonly limit: number
  readonly offset: number
}

export async function countDescendants(executions: ExecutionStore, rootId: string, depth: number): Promise<number> {
  let total = 0
  for (const parents of chunksOf(await branches(executions, rootId, depth)))
    total += await executions.count([isChildOf(parents)])
  return total
}

/** Executions that an execution asked for, that those asked for, and so on. */
export async function findDescendants(
  executions: ExecutionStore,
  rootId: string,
  query: DescendantsQuery,
): Promise<ExecutionDocument[]> {
  const { depth, order, limit, offset } = query
  const parents = depth === 1 ? [rootId] : order === 'by-start' ? await branches(executions, rootId, depth) : null
  if (parents !== null && parents.length <= MAX_VALUES)
    return executions.find({ filter: [isChildOf(parents)], order: BY_START, limit, offset })
  const found: ExecutionDocument[] = []
  // By start over so many parents: all of them are read, which the caller has bounded.
  const end = parents === null ? offset + limit : Number.POSITIVE_INFINITY
  let place = 0
  for await (const document of depthFirst(executions, rootId, depth)) {
    if (place >= end) break
    if (parents !== null || place >= offset) found.push(document)
    place += 1
  }
  if (parents === null) return found
  return found.toSorted((a, b) => a.start_timestamp.localeCompare(b.start_timestamp)).slice(offset, offset + limit)
}

async function* depthFirst(
  executions: ExecutionStore,
  parent: string,
  depth: number,
): AsyncGenerator<ExecutionDocument> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await executions.find({ filter: [isChildOf([parent])], order: BY_START, limit: PAGE, offset })
    for (const child of page) {
      yield child
      if (child.action_is_workflow && depth > 1) yield* depthFirst(executions, child.id, depth - 1)
    }
    if (page.length < PAGE) return
  }
}

/** The execution and the workflows below it whose children are within the depth. */
async function branches(executions: ExecutionStore, rootId: string, depth: number): Promise<string[]> {
  const all = [rootId]
  let level = [rootId]
  for (let below = 1; below < depth && level.length > 0; below++) {
    const next: string[] = []
    for (const parents of chunksOf(level)) {
      const found = await executions.find({ filter: [isChildOf(parents), IS_WORKFLOW] })
      for (const { id } of found) next.push(id)
    }
    for (const id of next) all.push(id)
    level = next
  }
  return all
}

function isChildOf(parents: readonly string[]): Condition {
  return { field: 'parent', op: 'in', value: parents }
}

function chunksOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / MAX_VALUES) }, (_, place) =>
    ids.slice(place * MAX_VALUES, (place + 1) * MAX_VALUES),
  )
}

/**
 * What executions below an execution can still ask for others or print: workflows, and whatever has not ended. Level by level, each
 * level whole before the next is asked for, so that who learns of new executions meanwhile misses none.
 *
 * @param limit of executions in all, the root not counted; one more may be answered, which says that there are more
 */
export async function* livingDescendants(
  executions: ExecutionStore,
  rootId: string,
  limit: number,
): AsyncGenerator<readonly ExecutionDocument[]> {
  let parents: readonly string[] = [rootId]
  let left = limit + 1
  while (parents.length > 0 && left > 0) {
    const level = await livingChildren(executions, parents, left)
    left -= level.length
    yield level
    parents = level.map(({ id }) => id)
  }
}

async function livingChildren(
  executions: ExecutionStore,
  parents: readonly string[],
  limit: number,
): Promise<readonly ExecutionDocument[]> {
  const found = new Map<string, ExecutionDocument>()
  for (const chunk of chunksOf(parents)) {
    for (const kind of [IS_WORKFLOW, IS_OPEN]) {
      if (found.size >= limit) break
      const page = await executions.find({ filter: [isChildOf(chunk), kind], limit: limit - found.size })
      for (const document of page) found.set(document.id, document)
    }
  }
  return [...found.values()]
}

const BY_START: readonly Order[] = [{ field: 'start_timestamp', direction: 'asc' }]
const IS_WORKFLOW: Condition = { field: 'runner', op: 'in', value: WORKFLOW_RUNNERS }
const IS_OPEN: Condition = { field: 'status', op: 'nin', value: COMPLETED_STATUSES }

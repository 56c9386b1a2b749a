import type { WorkflowExecution } from '@st2/model'
import { fromJsonText, type RunOptions, toJsonText, WorkflowRun } from '@st2/orquesta'
import { getKey, isDict, isNumeric } from '@st2/python-values'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ResultStore } from '../executions/result-store.ts'
import type { Definitions } from './definitions.ts'
import { addSecretsOf, endsWorkflow, eventOf, type StartEffect } from './journal-rows.ts'
import { WorkflowSecrets } from './workflow-secrets.ts'
import type { WorkflowStore } from './workflow-store.ts'

export interface LoadDeps {
  readonly workflows: WorkflowStore
  readonly definitions: Definitions
  readonly results: ResultStore
  readonly sealer: Sealer
}

export interface LoadedRun {
  readonly run: WorkflowRun
  /** What was decided and may not be stored yet. */
  readonly starts: StartEffect[]
  /** Of those, which the workflow ended before: they do not start any more. */
  readonly givenUp: ReadonlySet<string>
  /** Actions that the last rows say are over. */
  readonly ended: string[]
  /** The number of the row that the snapshot led up to. */
  readonly snapshotSeq: number
  /** What it tells in confidence. */
  readonly secrets: WorkflowSecrets
}

/** Rows that one write stores, at most. */
const LAST_ROWS = 1000

/** The run as its journal tells it. @param until number of the row before which it stops; null: all there is */
export async function loadRun(
  deps: LoadDeps,
  record: WorkflowExecution,
  until: number | null = null,
): Promise<LoadedRun> {
  const { spec } = deps.definitions.parse(await deps.workflows.definition(record.definition))
  const options: RunOptions = { expressions: deps.definitions.expressions, ...runBasis(deps.sealer, record) }
  const snapshot = until === null ? await readSnapshot(deps, record.id) : null
  const run = snapshot === null ? new WorkflowRun(spec, options) : WorkflowRun.restore(spec, snapshot.run, options)
  const starts = new Map((snapshot?.starts ?? []).map((start) => [start.id, start]))
  const secrets = new WorkflowSecrets()
  secrets.add(snapshot?.secrets)
  for (const task of snapshot?.secretTasks ?? []) secrets.addTask(String(task))
  let givenUp = new Set<string>()
  const ended: string[] = []
  for await (const row of deps.workflows.events(record.id, run.seq)) {
    if (until !== null && row.seq >= until) break
    const { event, answers } = await eventOf(deps, row)
    addSecretsOf(secrets, deps, row)
    if (event.type === 'action') ended.push(event.id)
    const { effects } = run.apply(event, answers)
    if (endsWorkflow(effects)) givenUp = new Set(starts.keys())
    for (const effect of effects) if (effect.type === 'start') starts.set(effect.id, effect)
  }
  return {
    run,
    starts: [...starts.values()],
    givenUp,
    ended: ended.slice(-LAST_ROWS),
    snapshotSeq: snapshot?.seq ?? 0,
    secrets,
  }
}

function runBasis(sealer: Sealer, record: WorkflowExecution): RunOptions {
  const basis =
    record.sealed_basis === undefined ? record.basis : (sealer.open(record.sealed_basis) as typeof record.basis)
  const st2 = basis?.context['st2']
  // Known once the record has its id.
  const own = typeof st2 === 'object' && st2 !== null ? { ...st2, workflow_execution_id: record.id } : {}
  const limits = record.limits && { taskRuns: record.limits.task_runs, items: record.limits.items }
  return {
    inputs: { ...basis?.input },
    context: { ...basis?.context, st2: own },
    ...(limits === undefined ? {} : { limits }),
  }
}

/** A new run, of a record that has no journal yet. */
export function newRun(deps: LoadDeps, record: WorkflowExecution, text: string): WorkflowRun {
  const { spec } = deps.definitions.parse(text)
  return new WorkflowRun(spec, { expressions: deps.definitions.expressions, ...runBasis(deps.sealer, record) })
}

interface Snapshot {
  readonly seq: number
  readonly run: unknown
  readonly starts: StartEffect[]
  readonly secrets: unknown[]
  readonly secretTasks: unknown[]
}

async function readSnapshot({ workflows, results, sealer }: LoadDeps, workflow: string): Promise<Snapshot | null> {
  const stored = await workflows.snapshot(workflow)
  if (stored === null) return null
  const text = await results.text(stored.state_blob)
  const [, run, starts, secrets, secretTasks] = listOf(
    fromJsonText(stored.is_sealed ? String(sealer.open(text)) : text),
  )
  return {
    seq: stored.seq,
    run,
    starts: listOf(starts).map(startOf),
    secrets: listOf(secrets),
    secretTasks: listOf(secretTasks),
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Written by `writeSnapshot`. */
function startOf(value: unknown): StartEffect {
  const field = (name: string): unknown => (isDict(value) ? getKey(value, name) : null)
  const numberOrNull = (name: string): number | null => {
    const found = field(name)
    return isNumeric(found) ? Number(found) : null
  }
  return {
    type: 'start',
    id: String(field('id')),
    task: String(field('task')),
    route: Number(field('route')),
    run: Number(field('run')),
    item: numberOrNull('item'),
    delay: numberOrNull('delay'),
    action: field('action'),
    input: field('input'),
  }
}

/**
 * @param starts what was decided and is not stored yet
 * @param secrets what the workflow was given in confidence: its variables may hold any of it
 */
export async function writeSnapshot(
  deps: LoadDeps,
  record: WorkflowExecution,
  run: WorkflowRun,
  starts: readonly StartEffect[],
  secrets: WorkflowSecrets,
): Promise<void> {
  const { seq } = run
  // NOTE: with the id no two snapshots are the same text, so that each blob belongs to one document.
  const text = toJsonText([record.id, run.snapshot(), starts, secrets.all, secrets.tasks])
  const isSealed = record.sealed_basis !== undefined || !secrets.isEmpty
  const before = await deps.workflows.snapshot(record.id)
  if (before !== null && before.seq >= seq) return
  const state_blob = await deps.results.keepText(isSealed ? deps.sealer.seal(text) : text)
  await deps.workflows.putSnapshot({ id: record.id, seq, state_blob, is_sealed: isSealed })
  if (before !== null && before.state_blob !== state_blob) {
    await deps.results.removeText(before.state_blob)
  }
}

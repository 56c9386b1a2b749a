import type { LookUpAnswer, LookUpRequest } from '@st2/expressions'
import { InvalidError } from '@st2/model'
import { keyAddress } from '../datastore/key-scopes.ts'
import type { KeyValueStore } from '../datastore/key-value-store.ts'
import type { ValueCipher } from '../datastore/value-cipher.ts'
import type { TaskRecords } from './task-records.ts'

export interface AnswerDeps {
  readonly keys: KeyValueStore
  readonly cipher: ValueCipher
}

/** What one workflow's `task()` may ask for. */
export interface TaskLookUp {
  readonly workflow: string
  records(): Promise<TaskRecords>
  /** Status of a task that has no action and so no record. */
  statusOf(task: string, route: number): string | null
}

/** What an expression of a workflow must have looked up. @source expressions.md 8 */
export function answerLookUp(deps: AnswerDeps, tasks: TaskLookUp, request: LookUpRequest): Promise<LookUpAnswer> {
  return request.source === 'st2kv' ? answerKey(deps, request) : answerTask(tasks, request)
}

const SYSTEM = 'system.'

async function answerKey(
  { keys, cipher }: AnswerDeps,
  { user, key, decrypt }: Extract<LookUpRequest, { source: 'st2kv' }>,
): Promise<LookUpAnswer> {
  const address = key.startsWith(SYSTEM)
    ? keyAddress('st2kv.system', user, key.slice(SYSTEM.length))
    : keyAddress('st2kv.user', user, key)
  const item = await keys.find(address)
  if (item === null) return { kind: 'absent' }
  if (!decrypt) return { kind: 'value', value: item.value }
  try {
    return { kind: 'value', value: cipher.decrypt(item.value) }
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    return { kind: 'failed', reason: error.message }
  }
}

export async function answerTask(
  tasks: TaskLookUp,
  { workflowExecution, task, route }: Extract<LookUpRequest, { source: 'task' }>,
): Promise<LookUpAnswer> {
  if (workflowExecution !== tasks.workflow) return { kind: 'absent' }
  const record = (await tasks.records()).latest(task, route)
  const status = record?.status ?? tasks.statusOf(task, route)
  if (status === null) return { kind: 'absent' }
  return {
    kind: 'value',
    value: {
      task_execution_id: record?.id ?? null,
      workflow_execution_id: workflowExecution,
      task_name: task,
      task_id: task,
      route,
      result: record?.result ?? null,
      status,
      start_timestamp: pythonText(record?.start_timestamp),
      end_timestamp: pythonText(record?.end_timestamp),
    },
  }
}

/** As Python's `str` shows a date. */
function pythonText(timestamp: string | undefined): string {
  return timestamp === undefined ? 'None' : timestamp.replace('T', ' ').replace('Z', '+00:00')
}

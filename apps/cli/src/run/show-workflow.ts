import type { Execution } from '@st2/model'
import { printList, structuredFormat } from '../commands/print.ts'
import { colorizer } from '../format/colors.ts'
import { formatDocument } from '../format/documents.ts'
import { formatExecution } from '../format/execution-text.ts'
import { type Fields, fieldsOf, isFields, valueAt } from '../format/fields.ts'
import type { CommandContext } from '../shell/command-spec.ts'
import { elapsedStatus } from './elapsed-status.ts'
import { executionTransforms } from './execution-transforms.ts'
import { markWorkflows } from './workflow-marks.ts'

const BEFORE = ['id', 'action.ref', 'parameters', 'status']
const AFTER = ['start_timestamp', 'end_timestamp', 'log']
const TASK_ATTRIBUTES = ['id', 'status', 'task', 'action', 'start_timestamp']
const ALL_DEPTHS = -1
const SEE_ERROR = 'See error and traceback.'

/** A workflow: itself, then its tasks as a tree. @source cli.md 9.3 */
export async function showWorkflow(context: CommandContext, execution: Execution): Promise<void> {
  const { input, io, session } = context
  const depth = input.integer('depth') ?? ALL_DEPTHS
  const children = await session.client.executions.children(execution.id, { depth })
  const { document, attributes } = rootDocument(execution)
  const structured = structuredFormat(input)
  const colorize = colorizer(io)
  const transforms = executionTransforms(session.config.cli.timezone, colorize)
  io.out(
    structured === null
      ? `${formatExecution(document, { attributes, transforms, colorize })}\n`
      : `${formatDocument(document, attributes, structured)}\n`,
  )
  if (children.length === 0) return
  const tasks = taskRows(children, execution.id, io.now())
  printList(context, tasks, { attributes: TASK_ATTRIBUTES, transforms, whenEmpty: 'empty-table' })
}

interface Root {
  readonly document: Fields
  readonly attributes: readonly string[]
}

/** What stands between status and times depends on how the workflow ended. */
function rootDocument(execution: Execution): Root {
  const fields = fieldsOf(execution)
  const result = isFields(execution.result) ? execution.result : {}
  const lastTask = lastTaskOf(result)
  const failure = execution.status === 'failed' ? failureOf(execution, result, lastTask) : null
  const taskResult = lastTask?.['result']
  if (lastTask !== null && taskResult) {
    const document = { ...fields, ...failure, result_task: taskName(lastTask), result: taskResult }
    return {
      document,
      attributes: [...BEFORE, 'result_task', 'result', ...Object.keys(failure ?? {}).filter(isShown), ...AFTER],
    }
  }
  const document = { ...fields, ...failure }
  return { document, attributes: [...BEFORE, ...Object.keys(failure ?? {}).filter(isShown), ...AFTER, 'result'] }
}

function isShown(attribute: string): boolean {
  return attribute !== 'result'
}

function lastTaskOf(result: Fields): Fields | null {
  const { tasks } = result
  const last: unknown = Array.isArray(tasks) ? tasks.at(-1) : undefined
  return isFields(last) ? last : null
}

function failureOf(execution: Execution, result: Fields, lastTask: Fields | null): Fields | null {
  const hasResult = isFields(execution.result)
  const error = hasResult ? result['error'] : 'See result'
  const traceback = hasResult ? result['traceback'] : 'See result'
  if (error) return { error, traceback: traceback ?? null, result: SEE_ERROR }
  const taskResult = isFields(lastTask?.['result']) ? lastTask['result'] : {}
  const taskError = taskResult['error'] || taskResult['stderr']
  if (lastTask === null || !taskError) return null
  return {
    error: taskError,
    traceback: taskResult['traceback'] ?? null,
    result: SEE_ERROR,
    failed_on: taskName(lastTask),
  }
}

function taskName(task: Fields): unknown {
  return task['name'] ?? 'unknown'
}

function taskRows(children: readonly Execution[], rootId: string, now: number): Fields[] {
  const marks = markWorkflows(children)
  const depths = depthsOf(children, rootId)
  return children.map((child, index) => ({
    id: ' '.repeat(depths.get(child.id) ?? 0) + (marks[index] ?? '') + child.id,
    status: elapsedStatus(child, now),
    task: valueAt(
      fieldsOf(child),
      `context.${isFields(child.context?.['chain']) ? 'chain.name' : 'orquesta.task_name'}`,
    ),
    action: child.action.ref,
    start_timestamp: child.start_timestamp,
  }))
}

/** The server lists depth first, so a parent stands before its children. */
function depthsOf(children: readonly Execution[], rootId: string): ReadonlyMap<string, number> {
  const depths = new Map([[rootId, -1]])
  for (const child of children) depths.set(child.id, (depths.get(child.parent ?? rootId) ?? -1) + 1)
  return depths
}

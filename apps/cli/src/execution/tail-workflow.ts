import { type Execution, type ExecutionOutput, isCompleted, STREAM_EVENTS } from '@st2/model'
import { fieldsOf, isFields, valueAt } from '../format/fields.ts'
import type { CommandContext } from '../shell/command-spec.ts'
import { reportConnection, showFinished, type TailOptions, writeOutput } from './tail-output.ts'

/** What decides whether an event belongs to the workflow that is watched. */
interface Watch {
  readonly root: Execution
  /** The root and everything seen beneath it. */
  readonly ids: Set<string>
  readonly isChild: boolean
  readonly options: TailOptions
}

/** Follows a workflow and all it starts, or one task of a workflow, through the stream of events. */
export async function tailWorkflow(context: CommandContext, root: Execution, options: TailOptions): Promise<void> {
  const watch: Watch = { root, ids: new Set([root.id]), isChild: root.parent !== undefined, options }
  const items = context.session.client.stream.events({
    events: [STREAM_EVENTS.executionUpdate, STREAM_EVENTS.outputCreate],
    endEvent: STREAM_EVENTS.executionUpdate,
    endExecutionId: root.id,
  })
  for await (const item of items) {
    if (item.kind === 'event') {
      if (tell(context, watch, item.event, item.data) === 'end') return
      continue
    }
    reportConnection(context.io, item)
    // from here on nothing is missed; what happened before, or while the stream was away, is asked for
    if (item.kind !== 'lost' && (await catchUp(context, watch)) === 'end') return
  }
}

async function catchUp(context: CommandContext, watch: Watch): Promise<'go-on' | 'end'> {
  const { executions } = context.session.client
  const now = await executions.get(watch.root.id)
  for (const id of now.children ?? []) watch.ids.add(id)
  if (!isCompleted(now.status)) return 'go-on'
  await showFinished(context, now, watch.options)
  return 'end'
}

function tell(context: CommandContext, watch: Watch, event: string, data: unknown): 'go-on' | 'end' {
  if (event === STREAM_EVENTS.outputCreate) {
    if (isOutput(data) && watch.ids.has(data.execution_id)) writeOutput(context.io, data, watch.options)
    return 'go-on'
  }
  return isExecution(data) ? tellUpdate(context, watch, data) : 'go-on'
}

function tellUpdate({ io }: CommandContext, watch: Watch, execution: Execution): 'go-on' | 'end' {
  const parent = valueAt(fieldsOf(execution), 'context.parent.execution_id')
  const isTask = typeof parent === 'string'
  const belongs = isTask && !watch.isChild ? watch.ids.has(parent) : watch.ids.has(execution.id)
  if (!belongs) return 'go-on'
  watch.ids.add(execution.id)
  const { id, status } = execution
  if (isTask) {
    const task = `Child execution (task=${taskName(execution)}) ${id}`
    if (status === 'running') io.out(`${task} has started.\n\n`)
    if (!isCompleted(status)) return 'go-on'
    io.out(`\n${task} has finished (status=${status}).\n`)
    return watch.isChild ? 'end' : 'go-on'
  }
  if (status === 'running' && (execution.children ?? []).length === 0) io.out(`Execution ${id} has started.\n\n`)
  if (!isCompleted(status)) return 'go-on'
  io.out(`\nExecution ${id} has completed (status=${status}).\n`)
  return 'end'
}

function taskName(execution: Execution): string {
  const context = fieldsOf(execution.context ?? {})
  const name = valueAt(context, 'orquesta' in context ? 'orquesta.task_name' : 'chain.name')
  return typeof name === 'string' ? name : 'unknown'
}

function isExecution(data: unknown): data is Execution {
  return isFields(data) && typeof data['id'] === 'string' && typeof data['status'] === 'string'
}

function isOutput(data: unknown): data is ExecutionOutput {
  return isFields(data) && typeof data['execution_id'] === 'string' && typeof data['data'] === 'string'
}

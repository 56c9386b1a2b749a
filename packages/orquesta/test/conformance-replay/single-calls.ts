import { dumpsJson, PythonError } from '@st2/python-values'
import { workflowExpressions } from '../../bin/expressions.ts'
import { ALL_DEFECTS, actionEvent, Conductor, itemActionEvent, loadWorkflow } from '../../src/index.ts'
import { exportConductor, importConductor } from '../../src/serialization/upstream-form.ts'
import type { Json, RecordedCase } from './recorded-cases.ts'

const OPTIONS = { expressions: workflowExpressions, kept: ALL_DEFECTS }

/** What a call asks for; `record-runs.py`, class Calls, says what each means. */
interface Call {
  request?: string
  update?: { task: string; route?: number; status: string; result?: Json; item?: number }
  next?: true
  rerun?: { task_id: string; route?: number; reset_items?: boolean }[]
  output?: true
  set?: { workflow?: string; tasks?: Record<string, string>; items?: Record<string, string[]> }
}

/** The parts of the serialised form that `set` edits. */
interface SerialisedState {
  status: string
  tasks: Record<string, number>
  sequence: { status?: string }[]
  staged: { id: string; route: number; items?: { status: string }[] }[]
}

/** Makes single calls of a conductor, which is saved and restored before each. */
export function conductCalls(given: RecordedCase): Json {
  const spec = loadWorkflow(given.spec)
  let conductor = Conductor.start(spec, { ...OPTIONS, inputs: given.inputs ?? {}, context: given.context ?? {} })
  const answers: Json[] = []
  for (const call of given.calls ?? []) {
    const data: { state: SerialisedState } = JSON.parse(dumpsJson(exportConductor(conductor)))
    edit(data.state, call)
    conductor = importConductor(data, OPTIONS)
    answers.push({ ...answer(conductor, call), workflow: conductor.status })
  }
  const { errors, output, state } = conductor
  const tasks = state.sequence.map(({ id, route, status }) => [id, route, status ?? null])
  const result: Json = JSON.parse(dumpsJson({ answers, errors, output, tasks }))
  return result
}

function edit(state: SerialisedState, { set }: Call): void {
  if (set === undefined) return
  state.status = set.workflow ?? state.status
  for (const [key, status] of Object.entries(set.tasks ?? {})) {
    const entry = state.sequence[state.tasks[key.replace('|', '__r')] ?? -1]
    if (entry !== undefined) entry.status = status
  }
  for (const [key, items] of Object.entries(set.items ?? {})) {
    const staged = state.staged.find(({ id, route }) => `${id}|${route}` === key)
    if (staged !== undefined) staged.items = items.map((status) => ({ status }))
  }
}

function answer(conductor: Conductor, call: Call): Record<string, Json> {
  try {
    return answerOf(conductor, call)
  } catch (error) {
    if (error instanceof PythonError) return { raised: `${error.pythonType}: ${error.message}` }
    throw error
  }
}

function answerOf(conductor: Conductor, { request, update, next, rerun, output }: Call): Record<string, Json> {
  if (request !== undefined) conductor.requestStatus(request)
  if (output !== undefined) conductor.renderOutput()
  if (rerun !== undefined) {
    conductor.requestRerun(
      rerun.map(({ task_id, route = 0, reset_items = false }) => ({ task: task_id, route, resetItems: reset_items })),
    )
  }
  if (next !== undefined) {
    const tasks = conductor.nextTasks()
    return {
      next: tasks.map(({ id, route, actions, delay }) => [id, route, actions.map(({ item }) => item), delay ?? 0]),
    }
  }
  if (update === undefined) return {}
  const { task, route = 0, status, result = null, item } = update
  const event = item === undefined ? actionEvent(status, result) : itemActionEvent(item, status, result)
  return { task: conductor.updateTask(task, route, event).status ?? null }
}

import { compareText, equals, PythonError, repr, str } from '@st2/python-values'
import type { WorkflowExpressions } from '@st2/expressions'
import { Conductor } from '../conductor/conductor.ts'
import type { TaskRequest } from '../conductor/task-request.ts'
import { actionEvent, itemActionEvent } from '../conductor/task-event.ts'
import { inspectWorkflow } from '../inspection/inspect-workflow.ts'
import { withoutPlaces } from '../inspection/platform-format.ts'
import { importConductor } from '../serialization/upstream-form.ts'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { isEngineCommand } from '../spec/workflow-spec.ts'
import { entryKey } from '../state/task-entry.ts'
import { MockActions } from './mock-actions.ts'
import { type MockAction, plainEntries, type RehearsalCase } from './rehearsal-case.ts'
import { WorkflowRehearsalError } from './rehearsal-error.ts'

export interface RehearsalOptions {
  /** Reads what the case names by path: the definition, and results as they are to be used. */
  readDefinition: (path: string) => string
  readResult: (path: string) => unknown
  expressions?: WorkflowExpressions
}

/** Tasks that a rehearsal starts at most. */
export const MAX_REHEARSED_TASKS = 10_000

/**
 * Conducts a workflow with mocked results and compares what comes of it.
 *
 * @returns what differs, one sentence each; nothing when the workflow did as expected
 * @throws WorkflowRehearsalError, WorkflowLoadError for a case that can not be tried
 * @source orquesta: orquesta/rehearsing.py assert_conducting_sequence
 */
export function rehearse(rehearsal: RehearsalCase, options: RehearsalOptions): string[] {
  const { expressions } = options
  const evaluating = expressions === undefined ? {} : { expressions }
  const imported = rehearsal.workflow === null ? importConductor(rehearsal.state, evaluating) : null
  const spec = imported?.spec ?? loadWorkflow(options.readDefinition(rehearsal.workflow ?? ''))
  const mocks = rehearsal.mocks.map((mock) => checkedMock(mock, spec, options))
  const inspection = withoutPlaces(inspectWorkflow(spec, evaluating))
  const expected = plainEntries(rehearsal.expected.inspection)
  if (!equals(inspection, expected)) return [differs('inspection errors', inspection, expected)]
  if (Object.keys(expected).length > 0) return []
  const conductor = imported ?? Conductor.start(spec, { inputs: rehearsal.inputs, ...evaluating })
  if (imported === null) conductor.requestStatus('running')
  else conductor.requestRerun(rehearsal.rerunTasks)
  play(conductor, new MockActions(mocks))
  conductor.renderOutput()
  return differencesOf(conductor, rehearsal)
}

function checkedMock(mock: MockAction, spec: Conductor['spec'], { readResult }: RehearsalOptions): MockAction {
  const task = spec.tasks.get(mock.task)
  if (task === undefined && !isEngineCommand(mock.task)) {
    throw new PythonError('InvalidTask', `Task "${mock.task}" does not exist.`)
  }
  if ((task?.with ?? null) !== null && mock.item === null) {
    throw new WorkflowRehearsalError(`Mock action execution for with items task "${mock.task}" is misssing "item_id".`)
  }
  return mock.resultPath === null ? mock : { ...mock, result: readResult(mock.resultPath) }
}

/** In rounds: all next tasks run, then each ends, an items task with one item. */
function play(conductor: Conductor, mocks: MockActions): void {
  const ended = new Map<string, number>()
  let started = 0
  for (let tasks = conductor.nextTasks(); tasks.length > 0; tasks = conductor.nextTasks()) {
    started += tasks.length
    if (started > MAX_REHEARSED_TASKS) {
      throw new WorkflowRehearsalError(
        `the rehearsal starts more than MAX_REHEARSED_TASKS (${MAX_REHEARSED_TASKS}) tasks`,
      )
    }
    const running = tasks.map((task) => {
      conductor.updateTask(task.id, task.route, actionEvent('running'))
      return { task, seqId: conductor.state.sequence.length - 1 }
    })
    for (const { task, seqId } of running) end(conductor, task, mocks.take(task.id, seqId), ended)
  }
}

function end(conductor: Conductor, task: TaskRequest, mock: MockAction | null, ended: Map<string, number>): void {
  const status = mock?.status ?? 'succeeded'
  const result = mock?.result ?? null
  if (task.items === null || task.items.count === 0) {
    conductor.updateTask(task.id, task.route, actionEvent(status, result))
    return
  }
  const item = mock?.item ?? ended.get(task.id) ?? 0
  ended.set(task.id, Math.max(item + 1, ended.get(task.id) ?? 0))
  conductor.updateTask(task.id, task.route, itemActionEvent(item, status, result))
}

function differencesOf(conductor: Conductor, { expected }: RehearsalCase): string[] {
  const { state } = conductor
  const differences: string[] = []
  const compare = (what: string, actual: unknown, wanted: unknown) => {
    if (!equals(actual, wanted)) differences.push(differs(what, actual, wanted))
  }
  compare('task sequence', state.sequence.map(friendlyName), expected.sequence.map(friendly))
  compare('routes', state.routes, expected.routes)
  if (state.status !== expected.status) {
    differences.push(`The actual workflow status "${state.status}" does not match expected "${expected.status}".`)
  }
  if (expected.errors !== null) compare('workflow errors', conductor.errors, expected.errors)
  if (expected.output !== null) compare('workflow output', conductor.output, expected.output)
  if (expected.terminal !== null) {
    compare(
      'terminal tasks',
      state.terminal.map(friendlyName).sort(compareText),
      expected.terminal.map(friendly).sort(compareText),
    )
  }
  return differences
}

function differs(what: string, actual: unknown, expected: unknown): string {
  return `The actual ${what} ${repr(actual)} does not match expected ${repr(expected)}.`
}

/** The route is left out where it is the first. */
function friendlyName({ id, route }: { id: string; route: number }): string {
  return route > 0 ? entryKey(id, route) : id
}

function friendly(name: string): string {
  return str(name).replace(/__r0$/, '')
}

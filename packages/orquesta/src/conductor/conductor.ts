import { type Dict, PythonIndexError } from '@st2/python-values'
import { type FieldOptions, WorkflowExpressions } from '@st2/expressions'
import { ContextPath } from '../contexts/context-path.ts'
import { plainValue } from '../contexts/plain-value.ts'
import { composeGraph } from '../graph/compose.ts'
import { SpecRelations } from '../graph/spec-relations.ts'
import type { WorkflowGraph } from '../graph/workflow-graph.ts'
import { ABENDED, type Status } from '../machines/statuses.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { stateView } from '../state/state-view.ts'
import { LOG_TYPES, type LogEntry } from '../state/workflow-log.ts'
import { entryKey, INBOUND, type TaskEntry } from '../state/task-entry.ts'
import { WorkflowState } from '../state/workflow-state.ts'
import { Arrivals } from './arrivals.ts'
import { type KeptDefects, NO_DEFECTS } from './defects.ts'
import { WorkflowLogEntryError } from './errors.ts'
import { Fields } from './fields.ts'
import { initialContext } from './initial-context.ts'
import { CONDUCTOR_LIMITS, type ConductorLimits } from './limits.ts'
import { nextTasks } from './next-tasks.ts'
import { plainVariables, renderOutput, terminalVariables } from './output.ts'
import { itemsToRerun, type RerunRequest, requestRerun } from './rerun.ts'
import type { Score } from './score.ts'
import { type StartedTask, startTask } from './start-task.ts'
import type { TaskEvent } from './task-event.ts'
import type { TaskRequest } from './task-request.ts'
import { breakOffTask, updateTask } from './update-task.ts'
import { proposeStatus, requestStatus } from './workflow-status.ts'

export interface ConductorOptions {
  /** `st2` and `parent`. @default {} */
  context?: Dict
  /** @default {} */
  inputs?: Dict
  /** One object serves any number of conductors. @default a new one */
  expressions?: WorkflowExpressions
  limits?: Partial<ConductorLimits>
  /** Defects of upstream to keep. @default NO_DEFECTS */
  kept?: KeptDefects
  /** Look-ups, clock and chance for what is evaluated at the start. */
  surroundings?: FieldOptions
}

/**
 * Decides what a workflow does next. It only ever reacts: to requests, and to what becomes of the actions that it asked for. A
 * call that throws has changed nothing, so one that lacks a look-up (`MissingKeyError`) is repeated when the answer is there.
 *
 * @source orquesta: orquesta/conducting.py
 */
export class Conductor {
  readonly #score: Score

  private constructor(score: Score) {
    this.#score = score
  }

  /**
   * A conductor for a new run. When inputs or variables can not be rendered it is failed from the start.
   *
   * @throws PythonKeyError for a transition to a task that is not defined, MissingKeyError
   */
  static start(spec: WorkflowSpec, options: ConductorOptions = {}): Conductor {
    const conductor = new Conductor(scoreOf(spec, new WorkflowState(), options))
    conductor.#decide(options.surroundings, begin)
    return conductor
  }

  /** A conductor for a run whose state was kept. */
  static resume(spec: WorkflowSpec, state: WorkflowState, options: ConductorOptions = {}): Conductor {
    return new Conductor(scoreOf(spec, state, options))
  }

  get spec(): WorkflowSpec {
    return this.#score.spec
  }

  get graph(): WorkflowGraph {
    return this.#score.graph
  }

  /** Not to be changed but by the conductor. */
  get state(): WorkflowState {
    return this.#score.state
  }

  get inputs(): Dict {
    return this.#score.inputs
  }

  get parentContext(): Dict {
    return this.#score.parentContext
  }

  get status(): Status {
    return this.state.status
  }

  /** null until there is one. */
  get output(): Dict | null {
    return this.state.output
  }

  get errors(): LogEntry[] {
    return this.state.errors.entries
  }

  /** @throws InvalidWorkflowStatusTransitionError when the workflow can not go there */
  requestStatus(status: string, surroundings?: FieldOptions): void {
    const refusal = this.#decide(surroundings, (score) => {
      const refused = proposeStatus(score, status)
      if (refused === null || score.kept.has('refused-request')) return refused
      throw refused
    })
    if (refusal !== null) throw refusal
  }

  /** @throws NotRerunnableError, InvalidTaskRerunRequestError */
  requestRerun(requests: readonly RerunRequest[] = [], surroundings?: FieldOptions): void {
    this.#decide(surroundings, (score) => requestRerun(score, requests))
  }

  /** The same tasks come back until each is reported running. */
  nextTasks(surroundings?: FieldOptions): TaskRequest[] {
    return this.#decide(surroundings, (score) => nextTasks(score))
  }

  /** Reports a task that was handed out running, and names its actions. */
  startTask(request: TaskRequest, surroundings?: FieldOptions): StartedTask {
    return this.#decide(surroundings, (score) => startTask(score, request))
  }

  updateTask(task: string, route: number, event: TaskEvent, surroundings?: FieldOptions): TaskEntry {
    return this.#decide(surroundings, (score) => updateTask(score, task, route, event))
  }

  /** Fails a task whose end can not be decided: it leads nowhere, and only a rerun takes it up again. */
  breakOffTask(task: string, route: number): void {
    this.#decide(undefined, (score) => breakOffTask(score, task, route))
  }

  /** Does nothing before the workflow has ended, and nothing when there is an output. */
  renderOutput(surroundings?: FieldOptions): void {
    this.#decide(surroundings, renderOutput)
  }

  /** What the output is made of. @throws WorkflowContextError before the workflow has ended */
  terminalContext(): Dict {
    return plainVariables(terminalVariables(this.#score))
  }

  /** The variables that a run of a task started with. @param index of its entry in the sequence */
  variablesAt(index: number): Dict {
    return plainVariables(this.state.variables(this.#entryAt(index)[INBOUND]))
  }

  /** How often a task was started on a route: its runs are numbered from 0. */
  startsOf(task: string, route: number): number {
    return this.state.starts.get(entryKey(task, route)) ?? 0
  }

  /** Items that a rerun of a task starts; null: those that its list will have, or the task has none. */
  itemsOfRerun({ task, route = 0, resetItems = false }: RerunRequest): number[] | null {
    const items = this.state.staging.find(task, route)?.items
    return items === undefined ? null : itemsToRerun(items, resetItems)
  }

  /**
   * Evaluates an expression as a transition of a past run would have, had it ended with the result.
   *
   * @throws PythonError with upstream's class and text, MissingKeyError
   */
  evaluateAt(index: number, statement: unknown, result: unknown = null, surroundings: FieldOptions = {}): unknown {
    const { id, route, [INBOUND]: contexts } = this.#entryAt(index)
    const variables = this.state.variables(contexts, {
      __current_task: { id, route, result },
      __state: this.#score.view,
    })
    const { fields } = this.#score
    return fields.within(surroundings, () => plainValue(fields.evaluate(statement, variables)))
  }

  #entryAt(index: number): TaskEntry {
    const entry = this.state.sequence[index]
    if (entry === undefined) throw new PythonIndexError(`the sequence has no entry ${index}`)
    return entry
  }

  /** @throws WorkflowLogEntryError for an unknown type */
  addLogEntry(entry: LogEntry): void {
    if (!LOG_TYPES.includes(entry.type)) throw new WorkflowLogEntryError(entry.type)
    const log = entry.type === 'error' ? this.state.errors : this.state.log
    log.add(entry)
  }

  /** Several calls as one: all of them or none. */
  attempt<T>(decide: () => T): T {
    return this.state.undo.attempt(decide)
  }

  #decide<T>(surroundings: FieldOptions | undefined, decide: (score: Score) => T): T {
    const { fields, state } = this.#score
    const run = () => state.undo.attempt(() => decide(this.#score))
    return surroundings === undefined ? run() : fields.within(surroundings, run)
  }
}

function scoreOf(spec: WorkflowSpec, state: WorkflowState, options: ConductorOptions): Score {
  const relations = new SpecRelations(spec)
  const graph = composeGraph(spec, relations)
  return {
    spec,
    relations,
    graph,
    arrivals: new Arrivals(graph, state),
    inputs: options.inputs ?? {},
    parentContext: options.context ?? {},
    state,
    get view() {
      return stateView(state)
    },
    fields: new Fields(options.expressions ?? new WorkflowExpressions()),
    limits: { ...CONDUCTOR_LIMITS, ...options.limits },
    kept: options.kept ?? NO_DEFECTS,
  }
}

function begin(score: Score): void {
  const { state, graph } = score
  const { variables, errors } = initialContext(score)
  for (const error of errors) state.errors.addError(error)
  if (errors.length > 0) requestStatus(score, 'failed')
  if (ABENDED.has(state.status)) return
  state.addContext(variables)
  state.addRoute([])
  for (const id of graph.roots) state.staging.add({ id, route: 0, contexts: ContextPath.ROOT, prev: {}, ready: true })
}

import { type Dict, PythonError } from '@st2/python-values'
import type { FieldOptions } from '@st2/expressions'
import { Conductor, type ConductorOptions } from '../conductor/conductor.ts'
import type { StartedAction } from '../conductor/start-task.ts'
import type { TaskRequest } from '../conductor/task-request.ts'
import { actionEvent, itemActionEvent } from '../conductor/task-event.ts'
import { COMPLETED, isStatus } from '../machines/statuses.ts'
import type { LogEntry } from '../state/workflow-log.ts'
import { FieldsOf } from '../serialization/fields-of.ts'
import { restoreConductor, snapshotConductor } from '../serialization/snapshot.ts'
import type { ImportOptions } from '../serialization/upstream-form.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { EventAnswers } from './answers.ts'
import type { Effect, JournalEntry, RecordedAnswer, RunEvent } from './run-event.ts'
import { type RunningAction, RunningActions } from './running-actions.ts'
import { seededChance } from './seeded-chance.ts'

export type RunOptions = Omit<ConductorOptions, 'surroundings'>

/** An event names an action execution that the run did not ask for, or that has ended: nothing comes of it. */
export class UnknownActionError extends PythonError {
  override readonly name = 'UnknownActionError'
  readonly id: string

  constructor(id: string) {
    super('UnknownActionError', `no action execution "${id}" is running in this workflow`)
    this.id = id
  }
}

/**
 * A run of a workflow as a journal of events. `apply` decides an event completely: what the event means for its task, what the
 * workflow does next, which tasks with nothing to run are over at once. What it returns is one row; the rows in their order give
 * the state again.
 *
 * An event that throws has changed nothing. A `MissingAnswerError` names a look-up: fetch it and apply the event again with the
 * answer.
 */
export class WorkflowRun {
  readonly #spec: WorkflowSpec
  readonly #options: RunOptions
  #conductor: Conductor | null = null
  #running: RunningActions | null = null
  #seq = 0

  /** A run that has yet to begin. */
  constructor(spec: WorkflowSpec, options: RunOptions = {}) {
    this.#spec = spec
    this.#options = options
  }

  /** The run that a journal tells, from its first row or from the one after a snapshot's. */
  static replay(spec: WorkflowSpec, journal: Iterable<JournalEntry>, options: ReplayOptions = {}): WorkflowRun {
    const { snapshot, ...own } = options
    const run = snapshot === undefined ? new WorkflowRun(spec, own) : WorkflowRun.restore(spec, snapshot, own)
    for (const { seq, event, answers } of journal) {
      if (seq >= run.#seq) run.apply(event, answers)
    }
    return run
  }

  /** The number of the next row. */
  get seq(): number {
    return this.#seq
  }

  get hasBegun(): boolean {
    return this.#conductor !== null
  }

  /** @throws TypeError before the first event */
  get conductor(): Conductor {
    if (this.#conductor === null) throw new TypeError('the run has not begun')
    return this.#conductor
  }

  /** Action executions that were asked for and have not ended. */
  get running(): [string, RunningAction][] {
    return [...(this.#running?.all ?? [])]
  }

  /** @throws MissingAnswerError, UnknownActionError, InvalidWorkflowStatusTransitionError and its like */
  apply(event: RunEvent, answers: readonly RecordedAnswer[] = []): JournalEntry {
    const given = new EventAnswers(answers)
    const surroundings = surroundingsOf(event, given)
    const effects = event.type === 'begin' ? this.#begin(surroundings) : this.#react(event, surroundings)
    return { seq: this.#seq++, event, answers: given.used, effects }
  }

  #begin(surroundings: FieldOptions): Effect[] {
    if (this.#conductor !== null) throw new TypeError('the run has begun already')
    const conductor = Conductor.start(this.#spec, { ...this.#options, surroundings })
    const decision = new Decision(conductor, new RunningActions(conductor.state.undo), surroundings)
    const effects = conductor.attempt((): Effect[] => {
      // Its input or its variables could not be rendered: an output would only tell of what they lack.
      if (COMPLETED.has(conductor.status)) return [{ type: 'status', status: conductor.status }]
      conductor.requestStatus('running')
      return decision.carryOn('null')
    })
    this.#conductor = conductor
    this.#running = decision.running
    return effects
  }

  #react(event: Exclude<RunEvent, { type: 'begin' }>, surroundings: FieldOptions): Effect[] {
    const { conductor } = this
    const running = (this.#running ??= new RunningActions(conductor.state.undo))
    const before = conductor.status
    return conductor.attempt(() => {
      const decision = new Decision(conductor, running, surroundings)
      decision.react(event)
      return decision.carryOn(before)
    })
  }

  /** Plain data from which `restore` goes on; what the journal needs no longer from its start. */
  snapshot(): Record<string, unknown> {
    return {
      seq: this.#seq,
      running: this.running.map(([id, action]) => ({ id, ...action })),
      conductor: snapshotConductor(this.conductor),
    }
  }

  static restore(spec: WorkflowSpec, snapshot: unknown, options: ImportOptions = {}): WorkflowRun {
    const fields = new FieldsOf(snapshot, 'snapshot')
    const run = new WorkflowRun(spec, options)
    const conductor = restoreConductor(spec, fields.value('conductor'), options)
    run.#conductor = conductor
    run.#seq = fields.integer('seq')
    run.#running = new RunningActions(
      conductor.state.undo,
      fields.rows('running').map((row) => [
        row.text('id'),
        {
          task: row.text('task'),
          route: row.integer('route'),
          item: row.optionalInteger('item'),
          run: row.integer('run'),
        },
      ]),
    )
    return run
  }
}

export interface ReplayOptions extends RunOptions {
  /** Where to start instead of at the beginning; earlier rows are passed over. */
  snapshot?: unknown
}

/** The deciding of one event. */
class Decision {
  readonly #conductor: Conductor
  readonly #surroundings: FieldOptions
  readonly running: RunningActions
  readonly #effects: Effect[] = []

  constructor(conductor: Conductor, running: RunningActions, surroundings: FieldOptions) {
    this.#conductor = conductor
    this.running = running
    this.#surroundings = surroundings
  }

  react(event: Exclude<RunEvent, { type: 'begin' }>): void {
    switch (event.type) {
      case 'action':
        this.#actionChanged(event.id, event.status, event.result ?? null)
        break
      case 'request':
        this.#conductor.requestStatus(event.status, this.#surroundings)
        break
      case 'rerun':
        this.#conductor.requestRerun(event.tasks, this.#surroundings)
        break
      case 'fault':
        this.#fault(event.error, event.id ?? null)
    }
  }

  /** A workflow that is over already stays as it is. */
  #fault(error: Omit<LogEntry, 'type'>, id: string | null): void {
    const conductor = this.#conductor
    const action = id === null ? null : this.running.get(id)
    if (id !== null && action !== null) {
      this.running.remove(id)
      conductor.breakOffTask(action.task, action.route)
    }
    conductor.addLogEntry({ type: 'error', ...error })
    if (!COMPLETED.has(conductor.status)) conductor.requestStatus('failed', this.#surroundings)
  }

  #actionChanged(id: string, status: string, result: unknown): void {
    const action = this.running.get(id)
    if (action === null) throw new UnknownActionError(id)
    const { task, route, item } = action
    if (isStatus(status) && COMPLETED.has(status)) this.running.remove(id)
    if (item !== null && this.#isOfEarlierAttempt(action)) return
    const event = item === null ? actionEvent(status, result) : itemActionEvent(item, status, result)
    this.#conductor.updateTask(task, route, event, this.#surroundings)
  }

  /** An item that was pending when its task failed and was started again says nothing any more. */
  #isOfEarlierAttempt({ task, route, run }: RunningAction): boolean {
    const staged = this.#conductor.state.staging.find(task, route)
    return staged !== null && run < (staged.since ?? Number.POSITIVE_INFINITY)
  }

  /** Starts what can be started until nothing is left, and says what has become of the workflow. */
  carryOn(before: string): Effect[] {
    const conductor = this.#conductor
    const { output } = conductor
    conductor.renderOutput(this.#surroundings)
    for (let tasks = this.#next(); tasks.length > 0; tasks = this.#next()) this.#start(tasks)
    conductor.renderOutput(this.#surroundings)
    if (conductor.status !== before) this.#effects.push({ type: 'status', status: conductor.status })
    if (conductor.output !== output && conductor.output !== null) this.#tell(conductor.output)
    return this.#effects
  }

  #tell(output: Dict): void {
    this.#effects.push({ type: 'output', output })
  }

  #next(): TaskRequest[] {
    return this.#conductor.nextTasks(this.#surroundings)
  }

  /** First all of them run, then those are over that have nothing to run. */
  #start(tasks: readonly TaskRequest[]): void {
    const started = tasks.map((task) => ({ task, ...this.#conductor.startTask(task, this.#surroundings) }))
    for (const { actions } of started) for (const action of actions) this.#run(action)
    for (const { task, idle } of started) {
      for (const event of idle) this.#conductor.updateTask(task.id, task.route, event, this.#surroundings)
      if (idle.length > 0) this.#conductor.renderOutput(this.#surroundings)
    }
  }

  #run(action: StartedAction): void {
    const { id, task, route, item, run } = action
    this.running.add(id, { task, route, item, run })
    this.#effects.push({ type: 'start', ...action })
  }
}

function surroundingsOf({ at, seed }: RunEvent, answers: EventAnswers): FieldOptions {
  return {
    lookUp: answers.lookUp,
    ...(at === undefined ? {} : { now: () => at }),
    ...(seed === undefined ? {} : { random: seededChance(seed) }),
  }
}

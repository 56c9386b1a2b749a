import { PythonValueError } from '@st2/python-values'
import type { JournalEntry, RecordedAnswer, RunEvent } from '../journal/run-event.ts'
import { type RunOptions, WorkflowRun } from '../journal/workflow-run.ts'
import type { RunningAction } from '../journal/running-actions.ts'
import type { StartedAction } from '../conductor/start-task.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'

/** How a simulated action ends. */
export interface SimulatedOutcome {
  /** @default 'succeeded' */
  status?: string
  /** @default null */
  result?: unknown
}

/** An action that a simulation is about to end. */
export interface SimulatedAction extends RunningAction {
  id: string
  /** How many times before this the task, or this item of it, was started. */
  attempt: number
  /** What it was started with; null for one that ran already when the simulation took over. */
  started: StartedAction | null
}

/** @returns null or nothing for the default: it succeeds without a result */
export type OutcomeOf = (action: SimulatedAction) => SimulatedOutcome | null | undefined

export interface SimulationOptions extends RunOptions {
  outcome?: OutcomeOf
  /** For look-ups; without one a simulation that needs it ends in a MissingAnswerError. */
  answers?: readonly RecordedAnswer[]
  /** For expressions that ask for the time, in microseconds since 1970 UTC, or for chance. */
  at?: number
  seed?: number
}

/** Ends of actions in one simulation; a workflow that goes on is stopped here. */
export const MAX_SIMULATED_STEPS = 10_000

/** A simulation was stopped at its limit: the workflow may never end. */
export class SimulationLimitError extends PythonValueError {
  override readonly name = 'SimulationLimitError'

  constructor() {
    super(`the simulation was stopped after MAX_SIMULATED_STEPS (${MAX_SIMULATED_STEPS}) actions`)
  }
}

/**
 * Conducts a workflow without effects: actions end as they are told to, first in first out. Step by step or to the end, from the
 * start or from a run that is partly finished.
 */
export class Simulation {
  readonly #run: WorkflowRun
  readonly #outcome: OutcomeOf
  readonly #circumstances: { at?: number; seed?: number }
  readonly #answers: readonly RecordedAnswer[]
  readonly #started = new Map<string, StartedAction>()
  readonly #attempts = new Map<string, number>()
  /** One row for each step. */
  readonly journal: JournalEntry[] = []

  private constructor(run: WorkflowRun, options: SimulationOptions) {
    this.#run = run
    this.#outcome = options.outcome ?? (() => null)
    this.#answers = options.answers ?? []
    const { at, seed } = options
    this.#circumstances = { ...(at === undefined ? {} : { at }), ...(seed === undefined ? {} : { seed }) }
  }

  /** From the start. */
  static of(spec: WorkflowSpec, options: SimulationOptions = {}): Simulation {
    const simulation = new Simulation(new WorkflowRun(spec, options), options)
    simulation.#apply({ type: 'begin' })
    return simulation
  }

  /** From where a run is; the run itself is left alone. */
  static from(spec: WorkflowSpec, run: WorkflowRun, options: SimulationOptions = {}): Simulation {
    const copy = WorkflowRun.restore(spec, run.snapshot(), options)
    return new Simulation(copy, options)
  }

  get run(): WorkflowRun {
    return this.#run
  }

  /** The action whose end is the next step; null when nothing runs. */
  get next(): SimulatedAction | null {
    const [first] = this.#run.running
    if (first === undefined) return null
    const [id, action] = first
    const attempt = this.#attempts.get(attemptKey(action)) ?? 0
    return { id, ...action, attempt, started: this.#started.get(id) ?? null }
  }

  /** Ends the next action. @returns the row of what came of it, null when nothing runs */
  step(): JournalEntry | null {
    const action = this.next
    if (action === null) return null
    if (this.journal.length > MAX_SIMULATED_STEPS) throw new SimulationLimitError()
    const { status = 'succeeded', result = null } = this.#outcome(action) ?? {}
    this.#attempts.set(attemptKey(action), action.attempt + 1)
    return this.#apply({ type: 'action', id: action.id, status, result })
  }

  /** Steps until nothing runs. @throws SimulationLimitError */
  toEnd(): this {
    while (this.step() !== null) continue
    return this
  }

  /** Something that happens besides: a request, a rerun. */
  request(event: Extract<RunEvent, { type: 'request' | 'rerun' }>): JournalEntry {
    return this.#apply(event)
  }

  #apply(event: RunEvent): JournalEntry {
    const row = this.#run.apply({ ...event, ...this.#circumstances }, this.#answers)
    this.journal.push(row)
    for (const effect of row.effects) if (effect.type === 'start') this.#started.set(effect.id, effect)
    return row
  }
}

function attemptKey({ task, item }: RunningAction): string {
  return JSON.stringify([task, item])
}

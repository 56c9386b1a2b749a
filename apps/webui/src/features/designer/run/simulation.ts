import { type LookUpRequest, MissingAnswerError } from '@st2/expressions'
import type { ExecutionStatus, WorkflowStep } from '@st2/model'
import {
  type Effect,
  isEngineCommand,
  loadWorkflow,
  type RecordedAnswer,
  type RunEvent,
  type StartedAction,
  WorkflowRun,
  type WorkflowSpec,
} from '@st2/orquesta'
import { type RunModel, runModel } from '../../../widgets/run/run-model.ts'
import type { Played } from './performance.ts'

/** Ends of actions in one simulation. */
export const MAX_SIMULATED_ENDS = 2000

/** An action that waits for somebody to say how it ends. */
export type WaitingAction = StartedAction

/** A workflow that is conducted by hand: no action runs, nothing is stored. Each step makes a new one of it. */
export interface SimulationState {
  readonly spec: WorkflowSpec
  readonly inputs: Readonly<Record<string, unknown>>
  readonly events: readonly RunEvent[]
  readonly answers: readonly RecordedAnswer[]
  /** µs since 1970: what the time is in all of it. */
  readonly at: number
  readonly waiting: readonly WaitingAction[]
  readonly status: ExecutionStatus
  readonly output: unknown
  readonly errors: readonly string[]
  /** What an expression asks the datastore for before the next step can be taken. */
  readonly question: { readonly request: LookUpRequest; readonly event: RunEvent } | null
  readonly played: Played
}

export interface SimulationStart {
  readonly definition: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly at: number
}

/** @throws WorkflowLoadError, PythonError for a text that no workflow can be made of */
export function startSimulation({ definition, inputs, at }: SimulationStart): SimulationState {
  const spec = loadWorkflow(definition)
  return decided({ spec, inputs, at, answers: [] }, [], { type: 'begin' })
}

export interface SimulatedEnd {
  readonly id: string
  readonly status: 'succeeded' | 'failed'
  readonly result: unknown
}

export function endAction(state: SimulationState, { id, status, result }: SimulatedEnd): SimulationState {
  return decided(state, state.events, { type: 'action', id, status, result })
}

/** Everything that waits, and all that follows, succeeds; up to a question, or to MAX_SIMULATED_ENDS. */
export function endAllWell(state: SimulationState): SimulationState {
  const [first] = state.waiting
  if (first === undefined || state.question !== null || state.events.length >= MAX_SIMULATED_ENDS) return state
  return decided(state, state.events, success(first), success)
}

function success({ id }: WaitingAction): RunEvent {
  return { type: 'action', id, status: 'succeeded', result: null }
}

/** Whether there is a step to take back. */
export function canTakeBack({ events, question }: SimulationState): boolean {
  return events.length > (question === null ? 1 : 0)
}

/** One step back: what asks a question is no step yet. */
export function takeBack(state: SimulationState): SimulationState {
  const events = state.question === null ? state.events.slice(0, -1) : state.events
  const last = events.at(-1)
  return last === undefined ? state : decided(state, events.slice(0, -1), last)
}

/** Goes on with what the datastore is to have said; undefined: it has no such key. */
export function answerQuestion(state: SimulationState, value: unknown): SimulationState {
  const { question } = state
  if (question === null) return state
  const answer = value === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'value', value } as const)
  const answers = [...state.answers, { request: question.request, answer }]
  return decided({ ...state, answers }, state.events, question.event)
}

type Circumstances = Pick<SimulationState, 'spec' | 'inputs' | 'at' | 'answers'>

/**
 * Everything is decided again from the start: that is how the state before the last step comes back as well.
 *
 * @param goOn how what waits first ends, as long as something does
 */
function decided(
  { spec, inputs, at, answers }: Circumstances,
  before: readonly RunEvent[],
  event: RunEvent,
  goOn?: (first: WaitingAction) => RunEvent,
): SimulationState {
  const run = new WorkflowRun(spec, { inputs: { ...inputs }, context: { st2: { user: 'simulation' } } })
  const started = new Map<string, StartedAction>()
  const events: RunEvent[] = []
  let question: SimulationState['question'] = null
  const ahead = [...before, event]
  for (const next of ahead) {
    try {
      const { effects } = run.apply({ ...next, at, seed: 0 }, answers)
      for (const effect of effects) if (isStart(effect)) started.set(effect.id, effect)
      events.push(next)
      const first = events.length === ahead.length ? waitingIn(run, started)[0] : undefined
      if (goOn !== undefined && first !== undefined && events.length < MAX_SIMULATED_ENDS) ahead.push(goOn(first))
    } catch (error) {
      if (!(error instanceof MissingAnswerError)) throw error
      question = { request: error.request, event: next }
      break
    }
  }
  return { spec, inputs, at, answers, events, question, ...stateOf(run, started) }
}

function isStart(effect: Effect): effect is Extract<Effect, { type: 'start' }> {
  return effect.type === 'start'
}

function stateOf(run: WorkflowRun, started: ReadonlyMap<string, StartedAction>) {
  if (!run.hasBegun) {
    const status: ExecutionStatus = 'requested'
    return { waiting: [], status, output: null, errors: [], played: { status, model: NOTHING_RAN } }
  }
  const { conductor } = run
  // Statuses of workflows are statuses of executions.
  const status = conductor.status as ExecutionStatus
  return {
    waiting: waitingIn(run, started),
    status,
    output: conductor.output,
    errors: conductor.errors.map(({ message, task_id: task }) =>
      task === undefined ? message : `${task}: ${message}`,
    ),
    played: { status, model: modelOf(conductor.state.sequence, status) },
  }
}

function waitingIn(run: WorkflowRun, started: ReadonlyMap<string, StartedAction>): WaitingAction[] {
  return run.running.flatMap(([id]) => started.get(id) ?? [])
}

const NOTHING_RAN: RunModel = { tasks: new Map(), steps: [] }

function modelOf(sequence: WorkflowRun['conductor']['state']['sequence'], status: ExecutionStatus): RunModel {
  const steps = sequence
    .filter(({ id }) => !isEngineCommand(id))
    .map(({ id, route, status: own, prev, next, ctxs, retry }): WorkflowStep => {
      const tried = retry === undefined ? {} : { retry: { ...retry } }
      return { id, route, status: own ?? null, contexts: ctxs, prev, next, ...tried }
    })
  return runModel({ status, executions: [], insight: { sequence: steps, tasks: [] } })
}

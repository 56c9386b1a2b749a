import { type LookUpAnswer, type LookUpRequest, MissingAnswerError } from '@st2/expressions'
import { InvalidError, type WorkflowSimulationRequest, type WorkflowSimulationView } from '@st2/model'
import { type JournalEntry, type RecordedAnswer, Simulation } from '@st2/orquesta'
import { PythonError } from '@st2/python-values'
import type { Clock } from '../ports/clock.ts'
import type { Definitions } from '../workflows/definitions.ts'
import { givenOutcomes } from './given-outcomes.ts'
import { plain } from './plain.ts'
import { parseDefinition } from './parse-definition.ts'

export interface SimulateDeps {
  readonly definitions: Definitions
  readonly clock: Clock
}

/** Actions that end in one simulation, at most, and unless less is asked for. */
const MAX_STEPS = 2000
/** Steps before others get their turn. */
const STEPS_AT_ONCE = 20
/** Items of the datastore that one simulation may ask for. */
const MAX_LOOK_UPS = 100

/**
 * Conducts a definition with results that are given, and without effects: no action runs, nothing is stored, the datastore is what
 * the request says.
 *
 * @throws InvalidError for a text that no workflow can be made of
 */
export async function simulateWorkflow(
  deps: SimulateDeps,
  request: WorkflowSimulationRequest,
): Promise<WorkflowSimulationView> {
  const parsed = parseDefinition(deps, request.definition)
  const mistakes = await deps.definitions.inspect(parsed)
  if (mistakes.length > 0) {
    return { errors: plain<WorkflowSimulationView['errors']>(mistakes), steps: [], ...NOTHING, is_complete: true }
  }
  const answers: RecordedAnswer[] = []
  for (;;) {
    try {
      return await conduct(deps, parsed.spec, request, answers)
    } catch (error) {
      if (error instanceof MissingAnswerError) {
        if (answers.length >= MAX_LOOK_UPS) {
          throw new InvalidError(`A simulation looks up ${MAX_LOOK_UPS} items at most.`, { cause: error })
        }
        answers.push({ request: error.request, answer: answerOf(request, error.request) })
      } else if (error instanceof PythonError) {
        throw new InvalidError(`${error.pythonType}: ${error.message}`, { cause: error })
      } else throw error
    }
  }
}

const NOTHING = { status: 'failed', output: null, sequence: [], routes: [] } as const

async function conduct(
  { definitions, clock }: SimulateDeps,
  spec: ReturnType<Definitions['parse']>['spec'],
  request: WorkflowSimulationRequest,
  answers: readonly RecordedAnswer[],
): Promise<WorkflowSimulationView> {
  const limit = Math.min(request.max_steps ?? MAX_STEPS, MAX_STEPS)
  const simulation = Simulation.of(spec, {
    expressions: definitions.expressions,
    inputs: request.inputs ?? {},
    context: request.context ?? { st2: { user: 'simulation' } },
    answers,
    at: clock.now() * 1000,
    seed: 0,
    outcome: givenOutcomes(spec, request),
  })
  let steps = 0
  while (steps < limit && simulation.step() !== null) {
    steps++
    if (steps % STEPS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const { conductor } = simulation.run
  return plain<WorkflowSimulationView>({
    steps: simulation.journal.map(stepOf),
    status: conductor.status,
    output: conductor.output,
    errors: conductor.errors,
    sequence: conductor.state.sequence.map(({ id, route, status }) => ({ id, route, status: status ?? null })),
    routes: conductor.state.routes,
    is_complete: simulation.next === null,
  })
}

function stepOf({ seq, event, effects }: JournalEntry): unknown {
  const { at: _at, seed: _seed, ...occurrence } = event
  return { seq, event: occurrence, effects }
}

function answerOf({ datastore = {} }: WorkflowSimulationRequest, request: LookUpRequest): LookUpAnswer {
  if (request.source === 'task') {
    return { kind: 'failed', reason: 'task() is answered by a run alone, not by a simulation.' }
  }
  const value: unknown = datastore[request.key]
  return value === undefined ? { kind: 'absent' } : { kind: 'value', value }
}

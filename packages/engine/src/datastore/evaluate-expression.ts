import {
  expressionErrorText,
  KeyPathNode,
  type LayerEvaluator,
  type LayerRequest,
  type LookUpAnswer,
  LookUpAnswers,
  type LookUpRequest,
  MissingAnswerError,
  MissingKeyError,
  parseLayerRequest,
  readJson,
  resultText,
} from '@st2/expressions'
import { InvalidError } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { TemplateLookUps } from './template-look-ups.ts'

export interface EvaluateDeps {
  readonly lookUps: TemplateLookUps
  readonly clock: Clock
  readonly ids: Ids
  readonly evaluator: LayerEvaluator
}

/** JSON text: numbers keep the kind they have in Python, which JavaScript's own values would lose. */
export type Evaluation = { readonly value: string } | { readonly error: string }

/** Datastore items that one evaluation may look up. */
const MAX_LOOK_UPS = 1000

/** Texts and keys of the past: what an expression may name, by layer. */
export type PastContext = (layer: LayerRequest['layer']) => Promise<Readonly<Record<string, unknown>>>

/** Runs of tasks of a past workflow, which `task()` asks for. */
export type PastTasks = (request: Extract<LookUpRequest, { source: 'task' }>) => Promise<LookUpAnswer>

const NO_TASKS: PastTasks = () => Promise.resolve({ kind: 'absent' })

/**
 * Evaluates an expression that somebody tries out. Nothing secret comes in: contexts are as views show them, `decrypt_kv` is not
 * there, and only items that the caller may read are looked up.
 *
 * @param text JSON: language, layer, expression and optionally context, which overlays the past one
 * @throws InvalidError for a request that is none; a failing expression is an answer
 */
export async function evaluateExpression(
  deps: EvaluateDeps,
  principal: Principal,
  text: string,
  past: PastContext,
  tasks: PastTasks = NO_TASKS,
): Promise<Evaluation> {
  const request = readRequest(text)
  const context = withPast(request, await past(request.layer))
  try {
    return { value: resultText(await evaluateWithLookUps(deps, principal, { ...request, context }, tasks), 'null') }
  } catch (error) {
    return { error: expressionErrorText(error) }
  }
}

function readRequest(text: string): LayerRequest {
  try {
    return parseLayerRequest(readJson(text))
  } catch (cause) {
    throw new InvalidError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** A context that is no mapping replaces the past: YAQL alone takes any value for `$`. */
function withPast(request: LayerRequest, past: Readonly<Record<string, unknown>>): unknown {
  const { context } = request
  if (context === null) return past
  if (context instanceof Map) return new Map([...Object.entries(past), ...context])
  return typeof context === 'object' && !Array.isArray(context) ? { ...past, ...context } : context
}

async function evaluateWithLookUps(
  deps: EvaluateDeps,
  principal: Principal,
  request: LayerRequest,
  tasks: PastTasks,
): Promise<unknown> {
  const answers = new LookUpAnswers()
  const known = new Map<string, string>()
  const layered = request.layer === 'platform' ? withDatastore(request, known) : request
  const surroundings = {
    now: () => deps.clock.now() * 1000,
    random: () => fraction(deps.ids),
    lookUp: (asked: LookUpRequest) => answers.find(asked),
  }
  for (let round = 0; round <= MAX_LOOK_UPS; round++) {
    try {
      return deps.evaluator.evaluate(layered, surroundings)
    } catch (error) {
      if (error instanceof MissingAnswerError) {
        const { request: asked } = error
        const answer = asked.source === 'task' ? tasks(asked) : answerOf(deps, principal, asked)
        answers.add(asked, await answer)
      } else if (error instanceof MissingKeyError) {
        known.set(error.key, (await deps.lookUps.fetch(principal.user, error.key)) ?? '')
      } else throw error
    }
  }
  throw new InvalidError(`More than ${MAX_LOOK_UPS} datastore items are looked up by one evaluation.`)
}

function withDatastore(request: LayerRequest, known: Map<string, string>): LayerRequest {
  const st2kv = new KeyPathNode('st2kv', known)
  const { context } = request
  if (context instanceof Map) return { ...request, context: new Map<unknown, unknown>([...context, ['st2kv', st2kv]]) }
  return { ...request, context: { ...(isRecord(context) ? context : {}), st2kv } }
}

/** A workflow's context may name any user; the caller's own items alone are read. */
async function answerOf(
  deps: EvaluateDeps,
  principal: Principal,
  request: Extract<LookUpRequest, { source: 'st2kv' }>,
): Promise<LookUpAnswer> {
  if (request.decrypt) return { kind: 'failed', reason: 'Secrets are not deciphered where expressions are tried out.' }
  const isSystem = request.key.startsWith('system.')
  if (!isSystem && request.user !== principal.user) {
    return { kind: 'failed', reason: `User "${principal.user}" may not read items of user "${request.user}".` }
  }
  const value = await deps.lookUps.fetch(principal.user, isSystem ? request.key : `user.${request.key}`)
  return value === null ? { kind: 'absent' } : { kind: 'value', value }
}

/** In [0, 1), from 32 random bits. */
function fraction(ids: Ids): number {
  return Buffer.from(ids.bytes(4)).readUInt32BE() / 2 ** 32
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

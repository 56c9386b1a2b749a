import { InvalidError, NotFoundError, type TraceContext, type TriggerInstance } from '@st2/model'
import { isTruthy, repr } from '@st2/python-values'
import type { Principal } from '../../access/principal.ts'
import { dispatchTrigger, refuseInvalidPayload, storeEvents, type TriggerAddress } from '../dispatch-trigger.ts'
import type { TriggerDeps } from '../trigger-deps.ts'

export interface WebhookRequest {
  /** Path behind `/webhooks/`. */
  readonly hook: string
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Parsed; an empty one is `{}`. */
  readonly body: unknown
}

/** The hook that dispatches any trigger by its ref. */
const ANY_TRIGGER = 'st2'
const TRACE_TAG = 'st2-trace-tag'
/** Credentials of the sender: rules have no use for them. */
const DROPPED_HEADERS = ['st2-api-key', 'x-auth-token', 'cookie']

/**
 * Turns a request into an instance of each trigger of its hook. What is answered is durable.
 *
 * @throws InvalidError, NotFoundError: nothing was stored
 * @source rest-api.md 12
 */
export async function receiveWebhook(
  deps: TriggerDeps,
  principal: Principal,
  request: WebhookRequest,
): Promise<readonly TriggerInstance[]> {
  const { body } = request
  if (!isObject(body) && !Array.isArray(body)) throw new InvalidError(`${repr(body)} is not of type 'object', 'array'`)
  const hook = request.hook.replace(/\/$/, '')
  const { headers, traceTag } = readHeaders(request.headers)
  const traceContext = { trace_tag: traceTag ?? `webhook-${hook}-${deps.ids.token()}` }
  if (hook === ANY_TRIGGER) return [await dispatchNamed(deps, body, traceContext)]
  const triggers = await deps.webhooks.triggersOf(hook)
  if (triggers.length === 0) throw new NotFoundError(`Webhook ${hook} not registered with st2`)
  const payload = { headers, headers_lower: withLowerNames(headers), body }
  for (const trigger of triggers) await refuseInvalidPayload(deps, trigger, payload)
  const instances = await storeEvents(
    deps,
    triggers.map((trigger) => ({ trigger, event: { payload, traceContext } })),
  )
  deps.log.debug({ user: principal.user, hook, instances: instances.length }, 'webhook received')
  return instances
}

function dispatchNamed(deps: TriggerDeps, body: object, traceContext: TraceContext): Promise<TriggerInstance> {
  if (!isObject(body)) throw new InvalidError('Webhook body needs to be an object, got: array')
  const { trigger, payload } = body
  if (!isTruthy(trigger ?? null)) throw new InvalidError('Trigger not specified.')
  if (!isAddress(trigger)) throw new InvalidError(`trigger: ${repr(trigger)} is not of type 'string'`)
  const given = payload ?? {}
  if (!isObject(given)) throw new InvalidError(`payload: ${repr(given)} is not of type 'object'`)
  return dispatchTrigger(deps, { trigger, payload: given, traceContext })
}

function readHeaders(given: WebhookRequest['headers']): {
  headers: Record<string, string>
  traceTag: string | undefined
} {
  const headers: Record<string, string> = {}
  let traceTag: string | undefined
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase()
    if (value === undefined || DROPPED_HEADERS.includes(lower)) continue
    const text = typeof value === 'string' ? value : value.join(', ')
    if (lower === TRACE_TAG) traceTag = text === '' ? undefined : text
    else headers[titled(lower)] = text
  }
  return { headers, traceTag }
}

/** `x-github-event` → `X-Github-Event` */
function titled(lower: string): string {
  return lower.replace(/(^|-)([a-z])/g, (_match, dash: string, letter: string) => dash + letter.toUpperCase())
}

function withLowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function isAddress(trigger: unknown): trigger is TriggerAddress {
  if (typeof trigger === 'string') return true
  if (!isObject(trigger) || typeof trigger['type'] !== 'string') return false
  const { parameters } = trigger
  return parameters === undefined || isObject(parameters)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

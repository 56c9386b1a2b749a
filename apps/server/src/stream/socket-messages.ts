import { InvalidError } from '@st2/model'
import { EXECUTION_ATTRIBUTES } from '../views/execution-view.ts'

/** What a WebSocket client asks for. */
export type SocketRequest =
  | { readonly kind: 'subscribe'; readonly subscription: SubscriptionRequest }
  | { readonly kind: 'unsubscribe'; readonly id: string }
  | { readonly kind: 'ping'; readonly payload: unknown }

export interface SubscriptionRequest {
  /** The client's own name of it. */
  readonly id: string
  /** Roots of trees; undefined: all executions. */
  readonly executions: readonly string[] | undefined
  /** Names of events, with wildcards; undefined: those a stream tells by default. */
  readonly events: readonly string[] | undefined
  readonly actionRefs: readonly string[] | undefined
  readonly topLevelOnly: boolean
  /** Attributes of executions that are told; null: all. */
  readonly include: readonly string[] | null
}

/** A message that cannot be followed; `field` says where the reason lies. */
export class SocketRequestError extends InvalidError {
  /** null: the message as a whole. */
  readonly field: string | null
  /** Of the subscription it was about, as far as that could be read. */
  readonly subscriptionId: string | null

  constructor(message: string, field: string | null, subscriptionId: string | null = null) {
    super(message)
    this.field = field
    this.subscriptionId = subscriptionId
  }
}

const DEFAULT_ID = 'default'
const MAX_ID_LENGTH = 64
/** What one query takes. */
const MAX_EXECUTIONS = 1000
const MAX_NAMES = 100
const MAX_NAME_LENGTH = 200
const VERBS = ['subscribe', 'unsubscribe', 'ping'] as const
const SUBSCRIBE_KEYS = ['id', 'executions', 'events', 'action_refs', 'top_level', 'include_attributes']
const UNSUBSCRIBE_KEYS = ['id']

/** @throws SocketRequestError */
export function readSocketRequest(text: string): SocketRequest {
  const message = parse(text)
  const [key, ...others] = Object.keys(message)
  const verb = VERBS.find((name) => name === key)
  if (verb === undefined || others.length > 0)
    throw new SocketRequestError(`A message is an object with one of ${VERBS.join(', ')}.`, null)
  if (verb === 'ping') return { kind: 'ping', payload: message[verb] ?? null }
  const body = message[verb]
  if (!isObject(body)) throw new SocketRequestError(`${verb} is not an object.`, verb)
  const fields = new Fields(verb, body)
  if (verb === 'unsubscribe') {
    fields.allow(UNSUBSCRIBE_KEYS)
    return { kind: 'unsubscribe', id: fields.id }
  }
  return { kind: 'subscribe', subscription: readSubscription(fields) }
}

function readSubscription(fields: Fields): SubscriptionRequest {
  fields.allow(SUBSCRIBE_KEYS)
  return {
    id: fields.id,
    executions: fields.list('executions', MAX_EXECUTIONS, (id) =>
      /^[0-9a-f]{24}$/i.test(id) ? null : `'${id}' is not a valid ObjectId, 24 hexadecimal digits.`,
    ),
    events: fields.list('events', MAX_NAMES, lengthProblem),
    actionRefs: fields.list('action_refs', MAX_NAMES, lengthProblem),
    topLevelOnly: fields.flag('top_level'),
    include:
      fields.list('include_attributes', MAX_NAMES, (name) =>
        (EXECUTION_ATTRIBUTES as readonly string[]).includes(name.split('.')[0] ?? '')
          ? null
          : `Invalid or unsupported include attribute specified: ${name.slice(0, MAX_NAME_LENGTH)}`,
      ) ?? null,
  }
}

function lengthProblem(name: string): string | null {
  return name.length <= MAX_NAME_LENGTH ? null : `A name has at most ${MAX_NAME_LENGTH} characters.`
}

/** The fields of a subscribe or an unsubscribe. */
class Fields {
  readonly id: string
  readonly #verb: string
  readonly #body: Readonly<Record<string, unknown>>

  constructor(verb: string, body: Readonly<Record<string, unknown>>) {
    this.#verb = verb
    this.#body = body
    const id = body['id'] ?? DEFAULT_ID
    if (typeof id !== 'string' || id === '' || id.length > MAX_ID_LENGTH)
      throw new SocketRequestError(`id is a text of 1 to ${MAX_ID_LENGTH} characters.`, `${verb}.id`)
    this.id = id
  }

  allow(keys: readonly string[]): void {
    const unknown = Object.keys(this.#body).find((key) => !keys.includes(key))
    if (unknown === undefined) return
    const name = unknown.slice(0, MAX_NAME_LENGTH)
    throw this.#problem(name, `${this.#verb} has no "${name}"; it takes ${keys.join(', ')}.`)
  }

  flag(name: string): boolean {
    const value = this.#body[name] ?? false
    if (typeof value !== 'boolean') throw this.#problem(name, `${name} is true or false.`)
    return value
  }

  /** @param problemOf what is wrong with an item */
  list(name: string, most: number, problemOf: (item: string) => string | null): readonly string[] | undefined {
    const value = this.#body[name] ?? undefined
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw this.#problem(name, `${name} is not a list.`)
    if (value.length > most)
      throw this.#problem(name, `${name} has ${value.length} items; at most ${most} are allowed.`)
    return value.map((item: unknown, place) => {
      const problem = typeof item === 'string' ? problemOf(item) : 'It is not a text.'
      if (problem !== null) throw this.#problem(`${name}[${place}]`, problem)
      return String(item)
    })
  }

  #problem(name: string, message: string): SocketRequestError {
    return new SocketRequestError(message, `${this.#verb}.${name}`, this.id)
  }
}

function parse(text: string): Record<string, unknown> {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch (cause) {
    throw new SocketRequestError(`A message is JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`, null)
  }
  if (isObject(message)) return message
  throw new SocketRequestError('A message is an object.', null)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

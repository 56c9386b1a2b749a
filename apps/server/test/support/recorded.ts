import { readFileSync } from 'node:fs'
import type { Answer } from './api.ts'

/** The shape of a JSON value: the name of its type, the shapes of an object's values, the kinds of a list's items. */
export type Shape = string | readonly Shape[] | { readonly [key: string]: Shape }

/** One request of the recording and what upstream answered. `{name}` in its texts stands for something learned. */
export interface RecordedRequest {
  readonly n: number
  readonly name: string
  readonly server: 'api' | 'auth' | 'stream'
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A body that is no JSON. */
  readonly text?: string
  readonly status: number
  readonly faultstring?: string
  readonly response_headers?: Readonly<Record<string, string>>
  readonly shape?: Shape
  /** JSON pointer → the name under which later requests mean that value. */
  readonly learn?: Readonly<Record<string, string>>
  readonly order?: { readonly key: string; readonly values: readonly string[] }
  readonly values?: Readonly<Record<string, unknown>>
  readonly text_answer?: string
}

export interface Recording {
  /** Of actions, to be replayed once they can be created over the API. */
  readonly later_requests_of_actions: readonly string[]
  readonly requests: readonly RecordedRequest[]
}

export function readRecording(): Recording {
  const file = new URL('../../conformance/api.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Recording
}

/** What was learned from earlier answers: ids, tokens, addresses. */
export class Learned {
  readonly #values = new Map<string, string>()

  set(name: string, value: string): void {
    this.#values.set(name, value)
  }

  /** @throws when a name was never learned: the answer that held it was not as recorded */
  fill(text: string): string {
    return text.replace(/\{([a-z]+(?:-\d+)?)\}/g, (_whole, name: string) => {
      const value = this.#values.get(name)
      if (value === undefined) throw new Error(`{${name}} was not learned from an earlier answer`)
      return value
    })
  }

  learnFrom(recorded: RecordedRequest, body: unknown): void {
    for (const [pointer, name] of Object.entries(recorded.learn ?? {})) {
      const value = valueAt(body, pointer)
      if (typeof value === 'string') this.set(name, value)
    }
  }
}

/** One line for each way in which an answer is not what upstream answered. */
export function differencesOf(recorded: RecordedRequest, answer: Answer, learned: Learned): string[] {
  return [
    ...(answer.status === recorded.status ? [] : [`status ${answer.status}, recorded ${recorded.status}`]),
    ...headerDifferences(recorded, answer, learned),
    ...bodyDifferences(recorded, answer, learned),
  ]
}

function headerDifferences(recorded: RecordedRequest, answer: Answer, learned: Learned): string[] {
  return Object.entries(recorded.response_headers ?? {}).flatMap(([name, value]) => {
    const found = answer.headers.get(name)
    if (found === null) return [`header ${name} missing`]
    if (value === 'present' || (name === 'set-cookie' && found.startsWith(`${value}=`))) return []
    const expected = learned.fill(value)
    return found === expected ? [] : [`header ${name}: ${found}, recorded ${expected}`]
  })
}

function bodyDifferences(recorded: RecordedRequest, answer: Answer, learned: Learned): string[] {
  const { faultstring, shape, text_answer: text, order, values } = recorded
  const found: string[] = []
  if (faultstring !== undefined) {
    const told = valueAt(answer.body, '/faultstring')
    const expected = learned.fill(faultstring)
    if (told !== expected) found.push(`faultstring ${JSON.stringify(told)}, recorded ${JSON.stringify(expected)}`)
  }
  if (shape !== undefined) found.push(...shapeDifferences(shape, answer.body, ''))
  if (text !== undefined && answer.text !== text) {
    found.push(`text ${JSON.stringify(answer.text)}, recorded ${JSON.stringify(text)}`)
  }
  if (order !== undefined) found.push(...orderDifferences(order, answer.body))
  for (const [key, value] of Object.entries(values ?? {})) {
    const expected = learned.fill(JSON.stringify(value ?? null))
    const actual = JSON.stringify(valueAt(answer.body, `/${key}`) ?? null)
    if (canonical(actual) !== canonical(expected)) found.push(`/${key} is ${actual}, recorded ${expected}`)
  }
  return found
}

function shapeDifferences(recorded: Shape, value: unknown, at: string): string[] {
  if (isList(recorded)) return listDifferences(recorded, value, at)
  if (typeof recorded !== 'string') return objectDifferences(recorded, value, at)
  return kindOf(value) === recorded ? [] : [`${at || '/'} is ${kindOf(value)}, recorded ${recorded}`]
}

function objectDifferences(recorded: { readonly [key: string]: Shape }, value: unknown, at: string): string[] {
  if (kindOf(value) !== 'object') return [`${at || '/'} is ${kindOf(value)}, recorded object`]
  const found = value as Record<string, unknown>
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(found)])].sort()
  return keys.flatMap((key) => {
    const shape = recorded[key]
    if (shape === undefined) return [`${at}/${key} added`]
    return key in found ? shapeDifferences(shape, found[key], `${at}/${key}`) : [`${at}/${key} missing`]
  })
}

/** Every item must have the shape of one of the recorded items; which content there is may differ. */
function listDifferences(recorded: readonly Shape[], value: unknown, at: string): string[] {
  if (!Array.isArray(value)) return [`${at || '/'} is ${kindOf(value)}, recorded list`]
  if (recorded.length === 0) return value.length === 0 ? [] : [`${at || '/'} has items, recorded none`]
  const differences = value.map((item: unknown) => {
    const candidates = recorded.map((shape) => shapeDifferences(shape, item, `${at}/*`))
    return candidates.reduce((best, next) => (next.length < best.length ? next : best))
  })
  return [...new Set(differences.flat())]
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape)
}

/** Compares those that both lists have. */
function orderDifferences(order: { key: string; values: readonly string[] }, body: unknown): string[] {
  if (!Array.isArray(body)) return []
  const ours = body.map((item: unknown) => valueAt(item, `/${order.key}`))
  const shared = order.values.filter((value) => ours.includes(value))
  const found = ours.filter((value) => typeof value === 'string' && shared.includes(value))
  return canonical(JSON.stringify(found)) === canonical(JSON.stringify(shared))
    ? []
    : [`order by ${order.key}: ${found.join(' ')}, recorded ${shared.join(' ')}`]
}

export function valueAt(value: unknown, pointer: string): unknown {
  let current: unknown = value
  for (const key of pointer.split('/').slice(1)) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  return Array.isArray(value) ? 'list' : typeof value
}

/** JSON text with sorted keys. */
function canonical(text: string): string {
  return JSON.stringify(sorted(JSON.parse(text)))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

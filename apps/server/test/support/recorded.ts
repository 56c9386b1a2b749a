import { readFileSync } from 'node:fs'
import type { Answer } from './api.ts'

/** The shape of a JSON value: the name of its type (`any` where content decides), the shapes of an object's values, the kinds of a list's items. */
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
  /** Of a list: what names an item, and the items in their order. */
  readonly items?: { readonly key: string; readonly shapes: readonly (readonly [string, Shape])[] }
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
  const { faultstring, shape, text_answer: text, items, values } = recorded
  const found: string[] = []
  if (faultstring !== undefined) {
    const told = valueAt(answer.body, '/faultstring')
    const expected = learned.fill(faultstring)
    if (withoutAddresses(told) !== withoutAddresses(expected)) {
      found.push(`faultstring ${JSON.stringify(told)}, recorded ${JSON.stringify(expected)}`)
    }
  }
  if (shape !== undefined) found.push(...shapeDifferences(shape, answer.body, ''))
  if (text !== undefined && answer.text !== text) {
    found.push(`text ${JSON.stringify(answer.text)}, recorded ${JSON.stringify(text)}`)
  }
  if (items !== undefined) found.push(...itemDifferences(items, answer.body))
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
  return recorded === 'any' || kindOf(value) === recorded
    ? []
    : [`${at || '/'} is ${kindOf(value)}, recorded ${recorded}`]
}

function objectDifferences(recorded: { readonly [key: string]: Shape }, value: unknown, at: string): string[] {
  if (kindOf(value) !== 'object') return [`${at || '/'} is ${kindOf(value)}, recorded object`]
  const found = value as Record<string, unknown>
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(found)])].sort()
  return keys.flatMap((key) => {
    const shape = recorded[key]
    if (shape === undefined) return [`${at}/${key} added`]
    if (shape === 'any') return []
    return key in found ? shapeDifferences(shape, found[key], `${at}/${key}`) : [`${at}/${key} missing`]
  })
}

/** Every item must have the shape of one of the recorded items; which content there is may differ. */
function listDifferences(recorded: readonly Shape[], value: unknown, at: string): string[] {
  if (!Array.isArray(value)) return [`${at || '/'} is ${kindOf(value)}, recorded list`]
  if (recorded.length === 0) return at === '' && value.length > 0 ? ['/ has items, recorded none'] : []
  const differences = value.map((item: unknown) => {
    const candidates = recorded.map((shape) => shapeDifferences(shape, item, `${at}/*`))
    return candidates.reduce((best, next) => (next.length < best.length ? next : best))
  })
  return [...new Set(differences.flat())]
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape)
}

/** Which content there is differs: of the same name the whole shape must be the same, of others the outer one. */
function itemDifferences(items: NonNullable<RecordedRequest['items']>, body: unknown): string[] {
  if (!Array.isArray(body)) return [`/ is ${kindOf(body)}, recorded list`]
  const shapes = new Map(items.shapes)
  const outer = items.shapes.map(([, shape]) => outerShape(shape))
  const differences = body.map((item: unknown) => {
    const shape = shapes.get(String(valueAt(item, `/${items.key}`)))
    return shape === undefined ? outerDifferences(outer, item) : shapeDifferences(shape, item, '/*')
  })
  return [...new Set(differences.flat()), ...orderDifferences(items, body)]
}

/** Compares the order of those that both lists have. */
function orderDifferences(items: NonNullable<RecordedRequest['items']>, body: readonly unknown[]): string[] {
  const recorded = items.shapes.map(([name]) => name)
  const ours = body.map((item) => String(valueAt(item, `/${items.key}`)))
  const shared = recorded.filter((name) => ours.includes(name))
  const found = ours.filter((name) => shared.includes(name))
  return found.join(' ') === shared.join(' ') ? [] : [`order: ${found.join(' ')}, recorded ${shared.join(' ')}`]
}

/** Key → kind of value. */
function outerShape(shape: Shape): Map<string, string> {
  if (typeof shape === 'string' || isList(shape)) return new Map()
  return new Map(Object.entries(shape).map(([key, value]) => [key, kindOfShape(value)]))
}

function outerDifferences(recorded: readonly Map<string, string>[], item: unknown): string[] {
  const found = typeof item === 'object' && item !== null ? { ...item } : {}
  const kinds = new Map(recorded.flatMap((shape) => [...shape]))
  const always = [...kinds.keys()].filter((key) => recorded.every((shape) => shape.has(key)))
  const missing = always.filter((key) => !(key in found) && key !== 'description').map((key) => `/*/${key} missing`)
  const wrong = Object.entries(found).flatMap(([key, value]) => {
    const kind = kinds.get(key)
    if (kind === undefined) return [`/*/${key} added`]
    return kind === kindOf(value) ? [] : [`/*/${key} is ${kindOf(value)}, recorded ${kind}`]
  })
  return [...missing, ...wrong]
}

function kindOfShape(shape: Shape): string {
  if (typeof shape === 'string') return shape
  return isList(shape) ? 'list' : 'object'
}

/** Upstream's texts may hold an object's address. */
function withoutAddresses(text: unknown): unknown {
  return typeof text === 'string' ? text.replace(/0x[0-9a-f]+/g, '0x') : text
}

function valueAt(value: unknown, pointer: string): unknown {
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

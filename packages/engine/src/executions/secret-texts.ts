import { type ExecutionDocument, MASK } from '@st2/model'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ResultStore, StoredResult } from './result-store.ts'
import { openParameters, sealedNames } from './seal-parameters.ts'

/** Shorter texts would mask what only happens to hold them; as a whole value they are masked. */
const SHORTEST_PART = 4
/** Texts that are looked for one by one; with more of them everything counts as holding one. */
const MAX_TEXTS = 10_000

interface Span {
  readonly start: number
  readonly end: number
}

/** Texts that were told in confidence. What is made of them may hold any of them anywhere, so they are masked wherever they stand. */
export class SecretTexts {
  readonly #texts = new Set<string>()

  /** Every text and number in a value that is secret as a whole. */
  add(value: unknown): void {
    if (typeof value === 'string') {
      if (value !== '') this.#texts.add(value)
    } else if (typeof value === 'number' || typeof value === 'bigint') this.#addNumber(String(value))
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) this.add(inner)
  }

  /** Small ones stand for many things. */
  #addNumber(text: string): void {
    if (text.length >= SHORTEST_PART) this.#texts.add(text)
  }

  /** The parts of a value that its masked form does not show. */
  addHidden(value: unknown, masked: unknown): void {
    if (typeof value !== 'object' || value === null || typeof masked !== 'object' || masked === null) {
      if (value !== masked) this.add(value)
      return
    }
    for (const [key, inner] of Object.entries(value)) this.addHidden(inner, Reflect.get(masked, key))
  }

  /** Of parameters that are enciphered. */
  addParameters(sealer: Sealer, execution: Pick<ExecutionDocument, 'parameters' | 'sealed'>): void {
    if (execution.sealed === undefined) return
    const values = openParameters(sealer, execution)
    for (const name of sealedNames(sealer, execution)) this.addHidden(values[name], execution.parameters[name])
  }

  /** Of a result that has secret parts. */
  addResult(results: Pick<ResultStore, 'secretParts'>, stored: StoredResult): void {
    for (const [, value, hidden = value] of results.secretParts(stored)) this.add(hidden)
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0
  }

  get all(): string[] {
    return [...this.#texts]
  }

  holdsAny(value: unknown): boolean {
    return !this.isEmpty && this.mask(value) !== value
  }

  /** A plain value without them; itself when there are none in it. */
  mask<T>(value: T): T
  mask(value: unknown): unknown {
    if (this.isEmpty) return value
    if (this.#texts.size > MAX_TEXTS) return MASK
    if (typeof value === 'string') return this.#maskText(value)
    if (typeof value === 'number' || typeof value === 'bigint') return this.#texts.has(String(value)) ? MASK : value
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? this.#maskItems(value) : this.#maskEntries(value)
  }

  #maskItems(value: readonly unknown[]): readonly unknown[] {
    const items = value.map((item) => this.mask(item))
    return items.every((item, at) => item === value[at]) ? value : items
  }

  #maskEntries(value: object): object {
    const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const shown = [this.#maskText(key), this.mask(inner)] as const
      return { shown, isSame: shown[0] === key && shown[1] === inner }
    })
    return entries.every(({ isSame }) => isSame) ? value : Object.fromEntries(entries.map(({ shown }) => shown))
  }

  #maskText(text: string): string {
    if (this.#texts.has(text)) return MASK
    let masked = ''
    let from = 0
    for (const { start, end } of this.#spansIn(text)) {
      if (start >= from) masked += text.slice(from, start) + MASK
      from = Math.max(from, end)
    }
    return from === 0 ? text : masked + text.slice(from)
  }

  /** Where secrets stand in a text, by their starts. They may overlap: what is left of one when another is taken away tells of it. */
  #spansIn(text: string): Span[] {
    const spans: Span[] = []
    for (const secret of this.#texts) {
      if (secret.length < SHORTEST_PART) continue
      for (let start = text.indexOf(secret); start !== -1; start = text.indexOf(secret, start + 1)) {
        spans.push({ start, end: start + secret.length })
      }
    }
    return spans.sort((left, right) => left.start - right.start)
  }
}

import { project } from '../http/listing.ts'
import { EXECUTION_MANDATORY } from '../views/execution-view.ts'

/** The body of one event as JSON, written once for all who are told the same part of it. */
export class EventBody {
  readonly #value: Readonly<Record<string, unknown>>
  /** By the attributes that are shown. */
  readonly #texts = new Map<string | null, string>()

  constructor(value: Readonly<Record<string, unknown>>) {
    this.#value = value
  }

  /** @param include attributes as lists of executions take them; null: all */
  text(include: readonly string[] | null): string {
    const attributes = include?.join(',') ?? null
    const known = this.#texts.get(attributes)
    if (known !== undefined) return known
    const shown =
      include === null ? this.#value : project({ ...this.#value }, { include, exclude: [] }, EXECUTION_MANDATORY)
    const text = JSON.stringify(shown)
    this.#texts.set(attributes, text)
    return text
  }
}

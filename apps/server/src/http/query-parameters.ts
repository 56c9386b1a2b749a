import type { FastifyRequest } from 'fastify'
import { InvalidError } from '@st2/model'

const TRUE = ['true', '1', 'yes', 'y']
const FALSE = ['false', '0', 'no', 'n']

/** Query parameters of one request. Undeclared ones are never asked for, so they are ignored. @source rest-api.md 2 */
export class QueryParameters {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(request: FastifyRequest) {
    this.#values = request.query as Record<string, unknown>
  }

  /** The last of repeated ones; undefined when absent. */
  text(name: string): string | undefined {
    const value = this.#values[name]
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    return typeof last === 'string' ? last : undefined
  }

  /** As `text`, but an empty value counts as absent: empty filters are ignored. */
  filter(name: string): string | undefined {
    const value = this.text(name)
    return value === '' ? undefined : value
  }

  integer(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (!/^-?[0-9]+$/.test(value)) throw new InvalidError(`Parameter "${name}" is not of type integer`)
    return Number(value)
  }

  boolean(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase()
    if (value === undefined) return undefined
    if (TRUE.includes(value)) return true
    if (FALSE.includes(value)) return false
    throw new InvalidError(`Parameter "${name}" is not of type boolean`)
  }

  /** Comma separated, untrimmed. */
  list(name: string): string[] | undefined {
    return this.text(name)?.split(',')
  }
}

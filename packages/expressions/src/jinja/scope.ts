import type { Budget } from '../limits.ts'
import type { Environment } from './environment.ts'
import { undefinedName, type UndefinedMode } from './undefined.ts'

export type Names = Record<string, unknown> | ReadonlyMap<string, unknown>

/** Everything one evaluation knows: names, rules for missing ones, and what it may still use. */
export class Scope {
  readonly environment: Environment
  readonly budget: Budget
  readonly undefinedMode: UndefinedMode
  readonly #names: Names
  readonly #resolve: ((name: string) => unknown) | undefined
  readonly #parent: Scope | null
  readonly #locals = new Map<string, unknown>()

  constructor(origin: ScopeOrigin, parent: Scope | null = null) {
    this.environment = origin.environment
    this.budget = origin.budget
    this.undefinedMode = origin.undefinedMode
    this.#names = origin.names
    this.#resolve = origin.resolve
    this.#parent = parent
  }

  /** A scope inside this one: what is set there is gone afterwards. */
  inner(): Scope {
    return new Scope(
      {
        environment: this.environment,
        budget: this.budget,
        undefinedMode: this.undefinedMode,
        names: this.#names,
        resolve: this.#resolve,
      },
      this,
    )
  }

  set(name: string, value: unknown): void {
    this.#locals.set(name, value)
  }

  /** Innermost first: what the template has set, the context, the resolver, the environment's globals. */
  get(name: string): unknown {
    const local = this.#local(name)
    if (local !== undefined) return local
    const found = this.#fromContext(name)
    return found === undefined ? undefinedName(name, this.undefinedMode) : found
  }

  #local(name: string): unknown {
    const own = this.#locals.get(name)
    return own === undefined && this.#parent !== null ? this.#parent.#local(name) : own
  }

  #fromContext(name: string): unknown {
    const given = this.#given(name)
    if (given !== undefined) return given
    const resolved = this.#resolve?.(name)
    return resolved === undefined ? this.environment.globals.get(name) : resolved
  }

  /** The context's own value; `undefined` when it has none. */
  #given(name: string): unknown {
    if (this.#names instanceof Map) return this.#names.get(name)
    return Object.hasOwn(this.#names, name) ? Reflect.get(this.#names, name) : undefined
  }
}

export interface ScopeOrigin {
  environment: Environment
  budget: Budget
  undefinedMode: UndefinedMode
  names: Names
  resolve: ((name: string) => unknown) | undefined
}

import type { Budget } from '../limits.ts'
import type { Environment } from './environment.ts'
import type { Output } from './output.ts'
import { undefinedName, type UndefinedMode } from './undefined.ts'

export type Names = Record<string, unknown> | ReadonlyMap<string, unknown>

/** What all scopes of one evaluation share. */
export interface Evaluation {
  environment: Environment
  budget: Budget
  undefinedMode: UndefinedMode
  names: Names
  resolve: ((name: string) => unknown) | undefined
  /** Values in [0, 1) for the filter `random`; without it that filter fails. */
  random: (() => number) | undefined
  /** Whether text is escaped at this moment. @source jinja2: nodes.py EvalContext */
  autoescape: boolean
  /** Lists and dicts that the template has made itself, which it may change. */
  own: WeakSet<object> | null
  /** Everything the template can reach is a copy made for it. */
  ownsData: boolean
  /** What functions of the caller need; no expression can reach it. */
  host: unknown
  /** The `{% block %}`s of the template, by name. */
  blocks: ReadonlyMap<string, (scope: Scope, output: Output) => void>
}

/** Names inside of one evaluation; what is set in an inner scope is gone afterwards. */
export class Scope {
  readonly evaluation: Evaluation
  readonly #parent: Scope | null
  #locals: Map<string, unknown> | null = null

  constructor(evaluation: Evaluation, parent: Scope | null = null) {
    this.evaluation = evaluation
    this.#parent = parent
  }

  get environment(): Environment {
    return this.evaluation.environment
  }

  get budget(): Budget {
    return this.evaluation.budget
  }

  get undefinedMode(): UndefinedMode {
    return this.evaluation.undefinedMode
  }

  /** The scope of the whole template. */
  get root(): Scope {
    return this.#parent === null ? this : this.#parent.root
  }

  /** Remembers a list or dict that the template has made itself. */
  own(made: object): void {
    this.evaluation.own ??= new WeakSet()
    this.evaluation.own.add(made)
  }

  isOwn(value: object): boolean {
    return this.evaluation.ownsData || this.evaluation.own?.has(value) === true
  }

  inner(): Scope {
    return new Scope(this.evaluation, this)
  }

  set(name: string, value: unknown): void {
    this.#locals ??= new Map()
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
    const own = this.#locals?.get(name)
    return own === undefined && this.#parent !== null ? this.#parent.#local(name) : own
  }

  #fromContext(name: string): unknown {
    const given = this.#given(name)
    if (given !== undefined) return given
    const resolved = this.evaluation.resolve?.(name)
    return resolved === undefined ? this.environment.globals.get(name) : resolved
  }

  /** The context's own value; `undefined` when it has none. */
  #given(name: string): unknown {
    const { names } = this.evaluation
    if (names instanceof Map) return names.get(name)
    return Object.hasOwn(names, name) ? Reflect.get(names, name) : undefined
  }
}

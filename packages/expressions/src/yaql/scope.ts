import { PyObject } from '@st2/python-values'
import type { Evaluation } from './evaluation.ts'
import { NO_VALUE } from './values/kinds.ts'
import type { FunctionLayer } from './resolution/layer.ts'

const ABSENT: unique symbol = Symbol('absent')

/** Values of variables by name, without the dollar sign; or what makes them when the first one is asked for. */
export type Variables = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>)

/** Variables and functions that an expression sees. It is a value too: `let(…)` gives one, `->` evaluates in it. */
export class Scope extends PyObject {
  readonly pyType = 'Context'
  readonly evaluation: Evaluation
  layer: FunctionLayer
  readonly #parent: Scope | null
  #first: unknown = ABSENT
  #names: Map<string, unknown> | null = null
  readonly #given: Variables | undefined

  /** @param given variables of the caller, for the outermost scope */
  constructor(evaluation: Evaluation, layer: FunctionLayer, parent: Scope | null = null, given?: Variables) {
    super()
    this.evaluation = evaluation
    this.layer = layer
    this.#parent = parent
    this.#given = given
  }

  child(): Scope {
    return new Scope(this.evaluation, this.layer, this)
  }

  /** A scope inside this one where `$` is the value. */
  withFirst(value: unknown): Scope {
    const scope = this.child()
    if (value !== NO_VALUE) scope.#first = value
    return scope
  }

  /** @param name with or without its dollar sign; `1` is what the bare sign means */
  set(name: string, value: unknown): void {
    // an argument left out sets nothing: what is further out stays visible
    if (value === NO_VALUE) return
    const bare = name.startsWith('$') ? name.slice(1) : name
    if (bare === '' || bare === '1') {
      this.#first = value
    } else {
      this.#names ??= new Map()
      this.#names.set(bare, value)
    }
  }

  /** The innermost value of a variable; null when there is none. */
  get(name: string): unknown {
    return name === '' || name === '1' ? this.#getFirst() : this.#getNamed(name)
  }

  #getFirst(): unknown {
    if (this.#first !== ABSENT) return this.#first
    let scope = this.#parent
    while (scope !== null && scope.#first === ABSENT) scope = scope.#parent
    return scope === null ? null : scope.#first
  }

  #getNamed(name: string): unknown {
    if (this.#names?.has(name) === true) return this.#names.get(name)
    let scope = this.#parent
    if (scope === null) return this.#fromCaller(name)
    while (scope.#names?.has(name) !== true) {
      if (scope.#parent === null) return scope.#fromCaller(name)
      scope = scope.#parent
    }
    return scope.#names.get(name)
  }

  #fromCaller(name: string): unknown {
    const given = typeof this.#given === 'function' ? this.#given() : this.#given
    return given !== undefined && Object.hasOwn(given, name) ? (given[name] ?? null) : null
  }

  pyRepr(): string {
    return '<yaql.language.contexts.Context object at 0x7f0000000000>'
  }
}

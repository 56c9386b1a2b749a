import { dictFrom, PythonTypeError, PyTuple, repr } from '@st2/python-values'
import { type Call, CallableObject, Markup } from './objects.ts'
import type { Scope } from './scope.ts'
import { Undefined } from './undefined.ts'

/** What the body of a macro may ask for beside its parameters. */
export interface SpecialNames {
  caller: boolean
  kwargs: boolean
  varargs: boolean
}

export interface MacroDefinition {
  /** null for the body of `{% call %}` */
  name: string | null
  parameters: string[]
  uses: SpecialNames
  /** Renders the body. A parameter that is not among the given values takes its default. */
  render: (given: ReadonlyMap<string, unknown>) => string
}

/** A macro as templates call it. @source jinja2: runtime.py Macro */
export class Macro extends CallableObject {
  override readonly pyModule = 'jinja2.runtime.'
  readonly pyType = 'Macro'
  readonly #definition: MacroDefinition

  constructor(definition: MacroDefinition) {
    super()
    this.#definition = definition
  }

  attribute(name: string): unknown {
    const { name: own, parameters, uses } = this.#definition
    const attributes: Record<string, unknown> = {
      name: own,
      arguments: PyTuple.from(parameters),
      catch_kwargs: uses.kwargs,
      catch_varargs: uses.varargs,
      caller: uses.caller,
      explicit_caller: parameters.includes('caller'),
    }
    return Object.hasOwn(attributes, name) ? attributes[name] : undefined
  }

  run(call: Call): unknown {
    const given = this.#bind(call)
    const text = call.scope.budget.nested(() => this.#definition.render(given))
    return call.scope.evaluation.autoescape ? new Markup(text) : text
  }

  #bind({ args, kwargs, scope }: Call): Map<string, unknown> {
    const { parameters, uses } = this.#definition
    const given = new Map<string, unknown>()
    const named = new Map(Object.entries(kwargs))
    for (const [at, parameter] of parameters.entries()) {
      const value = at < args.length ? args[at] : take(named, parameter)
      if (value !== undefined) given.set(parameter, value)
    }
    if (uses.caller && !parameters.includes('caller')) {
      given.set('caller', take(named, 'caller') ?? new Undefined(scope.undefinedMode, { message: 'No caller defined' }))
    }
    if (uses.kwargs) given.set('kwargs', dictFrom(named))
    else this.#refuseNamed(named)
    if (uses.varargs) given.set('varargs', PyTuple.from(args.slice(parameters.length)))
    else if (args.length > parameters.length) {
      throw new PythonTypeError(`macro ${this.#shown} takes not more than ${parameters.length} argument(s)`)
    }
    return given
  }

  #refuseNamed(named: ReadonlyMap<string, unknown>): void {
    const [first] = named.keys()
    if (first === undefined) return
    if (named.has('caller')) {
      throw new PythonTypeError(
        `macro ${this.#shown} was invoked with two values for the special caller argument. This is most likely a bug.`,
      )
    }
    throw new PythonTypeError(`macro ${this.#shown} takes no keyword argument ${repr(first)}`)
  }

  get #shown(): string {
    return repr(this.#definition.name)
  }

  pyRepr(): string {
    return `<Macro ${this.#definition.name === null ? 'anonymous' : this.#shown}>`
  }
}

function take(named: Map<string, unknown>, name: string): unknown {
  const value = named.get(name)
  named.delete(name)
  return value
}

/** The value of a parameter that was neither given nor has a default. */
export function absentParameter(name: string, scope: Scope): Undefined {
  return new Undefined(scope.undefinedMode, { message: `parameter ${repr(name)} was not provided` })
}

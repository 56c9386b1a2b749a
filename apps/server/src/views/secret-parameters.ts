import { effectiveParameters, type Engine } from '@st2/engine'
import { MASK, type ParameterSchemas } from '@st2/model'
import { maskParameters } from '@st2/schema'

/** Masks parameters that somebody stored for an action: in rules they are plain text until they are rendered. */
export class SecretParameters {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** An action that does not exist has no secrets that anybody knows of. */
  async mask(actionRef: string, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    if (Object.keys(parameters).length === 0) return { ...parameters }
    const masked = maskParameters(await this.#schemasOf(actionRef), parameters)
    return typeof masked === 'object' && masked !== null ? { ...masked } : {}
  }

  /**
   * What a client sends back masked is what it was: whoever reads, changes something else and writes must not write
   * asterisks over a secret. NOTE: upstream stores them.
   */
  async unmask(
    actionRef: string,
    parameters: Readonly<Record<string, unknown>>,
    stored: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>> {
    if (!Object.values(parameters).includes(MASK)) return { ...parameters }
    const masked = maskParameters(await this.#schemasOf(actionRef), stored)
    const hidden: ReadonlyMap<string, unknown> = new Map(
      typeof masked === 'object' && masked !== null ? Object.entries(masked) : [],
    )
    return Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => {
        const isKept = value === MASK && hidden.get(name) === MASK
        return [name, isKept ? stored[name] : value]
      }),
    )
  }

  async #schemasOf(actionRef: string): Promise<ParameterSchemas> {
    const action = await this.#engine.actions.findByRef(actionRef)
    if (action === null) return {}
    const runner = await this.#engine.runnerTypes.findByName(action.runner_type)
    return effectiveParameters(runner?.runner_parameters ?? {}, action.parameters)
  }
}

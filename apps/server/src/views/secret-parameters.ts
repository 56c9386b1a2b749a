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
    const shown = maskParameters(await this.#schemasOf(actionRef), stored)
    const kept = restored(parameters, shown, stored)
    return isRecord(kept) ? kept : { ...parameters }
  }

  async #schemasOf(actionRef: string): Promise<ParameterSchemas> {
    const action = await this.#engine.actions.findByRef(actionRef)
    if (action === null) return {}
    const runner = await this.#engine.runnerTypes.findByName(action.runner_type)
    return effectiveParameters(runner?.runner_parameters ?? {}, action.parameters)
  }
}

/** What was sent, with what is stored wherever the mask that was shown came back; also deep inside. */
function restored(sent: unknown, shown: unknown, stored: unknown): unknown {
  if (sent === MASK && shown === MASK) return stored
  if (isRecord(sent) && isRecord(shown) && isRecord(stored)) {
    return Object.fromEntries(
      Object.entries(sent).map(([name, value]) => [name, restored(value, own(shown, name), own(stored, name))]),
    )
  }
  if (!Array.isArray(sent) || !Array.isArray(shown) || !Array.isArray(stored)) return sent
  return sent.map((item, index) => restored(item, shown[index], stored[index]))
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

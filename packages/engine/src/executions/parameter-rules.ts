import { type Action, InvalidError, type ParameterSchemas, type RunnerType } from '@st2/model'
import { inputValidator, type InputValidator, parameterSetSchema, secretPaths } from '@st2/schema'
import { effectiveParameters } from '../content/effective-parameters.ts'

/** What follows from an action and its runner alone: worked out once, used by every request. */
export interface ParameterRules {
  readonly effective: ParameterSchemas
  /** Throws SchemaValidationError. */
  readonly validate: InputValidator
  readonly immutable: readonly string[]
  readonly hasSecrets: boolean
}

const known = new WeakMap<Action, { runner: RunnerType; rules: ParameterRules }>()

export function parameterRules(action: Action, runner: RunnerType): ParameterRules {
  const entry = known.get(action)
  if (entry?.runner === runner) return entry.rules
  const effective = effectiveParameters(runner.runner_parameters, action.parameters)
  const rules: ParameterRules = {
    effective,
    validate: inputValidator(parameterSetSchema(effective)),
    immutable: Object.keys(effective).filter((name) => effective[name]?.immutable === true),
    hasSecrets: Object.values(effective).some((schema) => secretPaths(schema).length > 0),
  }
  known.set(action, { runner, rules })
  return rules
}

/** @throws InvalidError naming the immutable parameters a caller tried to set */
export function refuseImmutable(rules: ParameterRules, supplied: Readonly<Record<string, unknown>>): void {
  const overridden = rules.immutable.filter((name) => name in supplied)
  if (overridden.length === 0) return
  const names = overridden.map((name) => `'${name}'`).join(', ')
  throw new InvalidError(`Override of immutable parameter(s) [${names}] is unsupported.`)
}

import { InvalidError, type Policy, type PolicyRequest } from '@st2/model'
import { inputValidator, isSchema, parameterSetSchema, type Schema, SchemaValidationError } from '@st2/schema'
import type { PolicyTypeStore } from './policy-type-store.ts'

/** A policy without its id. */
export type PolicyDefinition = Omit<Policy, 'id'>

/**
 * A policy as its author wrote it, checked against its type, with that type's defaults. Whether its action exists is seen when
 * it is applied.
 *
 * @throws InvalidError with upstream's texts
 */
export async function policyDefinition(types: PolicyTypeStore, request: PolicyRequest): Promise<PolicyDefinition> {
  const { name, pack, resource_ref, policy_type, description, metadata_file = '', enabled = true } = request
  if (name === '') throw new InvalidError('The name of a policy must not be empty.')
  if (pack === undefined || pack === '') throw new InvalidError("'pack' is a required property")
  return {
    uid: `policy:${pack}:${name}`,
    ref: `${pack}.${name}`,
    name,
    pack,
    ...(description === undefined ? {} : { description }),
    enabled,
    resource_ref,
    policy_type,
    parameters: withRoom(await checkedParameters(types, policy_type, request.parameters ?? {})),
    metadata_file,
  }
}

/** NOTE: no minimum in the schema of the type, which clients show: upstream has none. With 0, as there, executions wait. */
function withRoom(parameters: Record<string, unknown>): Record<string, unknown> {
  const { threshold } = parameters
  if (typeof threshold !== 'number' || threshold >= 0) return parameters
  throw new InvalidError(
    `parameters.threshold: ${threshold} is less than 0. With 0 executions wait until it is raised; the least that lets one run is 1.`,
  )
}

async function checkedParameters(
  types: PolicyTypeStore,
  typeRef: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const type = await types.findByRef(typeRef)
  if (type === null) throw new InvalidError(`Referenced policy_type "${typeRef}" doesnt exist`)
  const schemas: Record<string, Schema> = {}
  for (const [name, schema] of Object.entries(type.parameters)) if (isSchema(schema)) schemas[name] = schema
  try {
    const filled = inputValidator(parameterSetSchema(schemas))(parameters)
    return typeof filled === 'object' && filled !== null ? { ...filled } : {}
  } catch (cause) {
    if (cause instanceof SchemaValidationError) throw new InvalidError(cause.message, { cause })
    throw cause
  }
}

import { type Action, INQUIRER_RUNNER, type ParameterSchemas, type RunnerType } from '@st2/model'
import { isSchema, maskParameters, maskSecrets } from '@st2/schema'

/**
 * A result without what the action's output schema calls secret, and without what the schema of an inquiry calls secret in the response.
 * @source packs-and-runners.md 1.6.4, 7
 */
export function maskResult(
  result: unknown,
  action: Pick<Action, 'output_schema'>,
  runner: Pick<RunnerType, 'name' | 'output_key'>,
): unknown {
  if (typeof result !== 'object' || result === null) return result
  if (runner.name === INQUIRER_RUNNER) return maskResponse(result)
  if (runner.output_key === undefined) return result
  const output: unknown = Reflect.get(result, runner.output_key)
  if (output === undefined) return result
  const masked = maskOutput(action.output_schema, output)
  return masked === output ? result : { ...result, [runner.output_key]: masked }
}

/** Upstream's first format has no `type`: it is a dict of what the output has. */
function maskOutput(schema: Action['output_schema'], output: unknown): unknown {
  const isSchemaItself = typeof schema['type'] === 'string' || Array.isArray(schema['type'])
  return isSchemaItself ? maskSecrets(schema, output) : maskParameters(schema as ParameterSchemas, output)
}

function maskResponse(result: object): unknown {
  const schema: unknown = Reflect.get(result, 'schema')
  const response: unknown = Reflect.get(result, 'response')
  return response === undefined || !isSchema(schema) ? result : { ...result, response: maskSecrets(schema, response) }
}

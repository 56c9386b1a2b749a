import { type Action, INQUIRER_RUNNER, type RunnerType } from '@st2/model'
import { isSchema, maskSecrets } from '@st2/schema'

/**
 * A result without what the action's output schema calls secret, and without what the schema of an inquiry calls secret in the response.
 * @source packs-and-runners.md 1.6.4, 7
 */
export function maskResult(result: unknown, action: Action, runner: RunnerType): unknown {
  if (typeof result !== 'object' || result === null) return result
  if (runner.name === INQUIRER_RUNNER) return maskResponse(result)
  if (runner.output_key === undefined) return result
  const output: unknown = Reflect.get(result, runner.output_key)
  if (output === undefined || !('type' in action.output_schema)) return result
  return { ...result, [runner.output_key]: maskSecrets(action.output_schema, output) }
}

function maskResponse(result: object): unknown {
  const schema: unknown = Reflect.get(result, 'schema')
  const response: unknown = Reflect.get(result, 'response')
  return response === undefined || !isSchema(schema) ? result : { ...result, response: maskSecrets(schema, response) }
}

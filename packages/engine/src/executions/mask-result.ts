import type { Action, RunnerType } from '@st2/model'
import { maskSecrets } from '@st2/schema'

/** A result without what the action's output schema calls secret. @source packs-and-runners.md 1.6.4 */
export function maskResult(result: unknown, action: Action, runner: RunnerType): unknown {
  if (runner.output_key === undefined || typeof result !== 'object' || result === null) return result
  const output: unknown = Reflect.get(result, runner.output_key)
  if (output === undefined || !('type' in action.output_schema)) return result
  return { ...result, [runner.output_key]: maskSecrets(action.output_schema, output) }
}

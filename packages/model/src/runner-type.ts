import type { ParameterSchemas } from './parameter.ts'

/** A runner as it is stored and shown. Unique by name; users may write `enabled` only. @source rest-schemas.md 5 */
export interface RunnerType {
  readonly id: string
  readonly uid: string
  readonly name: string
  readonly description?: string | undefined
  readonly enabled: boolean
  readonly runner_package: string
  readonly runner_module: string
  readonly runner_parameters: ParameterSchemas
  /** Key of the result that the action's output_schema describes. */
  readonly output_key?: string | undefined
  readonly output_schema: Record<string, unknown>
}

/** What a runner's folder declares about itself; registration adds id and uid. */
export type RunnerManifest = Omit<RunnerType, 'id' | 'uid'>

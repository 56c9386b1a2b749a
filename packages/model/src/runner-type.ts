import type { FromSchema } from './from-schema.ts'
import type { ParameterSchemas } from './parameter.ts'

/** @source rest-schemas.md 5 */
export const runnerTypeSchema = {
  title: 'RunnerType',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    name: { type: 'string', required: true },
    description: { type: 'string' },
    enabled: { type: 'boolean', required: true },
    runner_package: { type: 'string', required: true },
    runner_module: { type: 'string', required: true },
    runner_parameters: { type: 'object', required: true, description: 'Parameter name → its schema.' },
    output_key: { type: 'string', description: "Key of the result that the action's output_schema describes." },
    output_schema: { type: 'object', required: true },
  },
} as const

/** A runner as it is stored and shown. Unique by name; users may write `enabled` only. */
export type RunnerType = Readonly<Omit<FromSchema<typeof runnerTypeSchema>, 'runner_parameters'>> & {
  readonly runner_parameters: ParameterSchemas
}

/** Body of `PUT /runnertypes/{name_or_id}`; everything else in it is ignored. */
export const runnerTypeUpdateSchema = {
  title: 'RunnerTypeUpdate',
  type: 'object',
  properties: { enabled: { type: 'boolean', required: true } },
} as const

/** What a runner's folder declares about itself; registration adds id and uid. */
export type RunnerManifest = Omit<RunnerType, 'id' | 'uid'>

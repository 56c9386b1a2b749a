import type { ParameterHint } from '@st2/designer'
import type { ParameterSchemas } from '@st2/model'

/** What the completion tells of an action's parameters. */
export function parameterHints(schemas: ParameterSchemas): ParameterHint[] {
  return Object.entries(schemas)
    .filter(([, { immutable }]) => immutable !== true)
    .map(([name, { type, description, required, default: preset, enum: choices }]) => ({
      name,
      type: type === undefined ? null : String(type),
      description: description ?? null,
      required: required === true,
      ...(preset === undefined ? {} : { default: preset }),
      ...(choices === undefined ? {} : { enum: [...choices] }),
    }))
}

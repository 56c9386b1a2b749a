import { isFloat, isInt } from '@st2/python-values'
import { isFields } from '../format/fields.ts'

/** A schema that fits one result. NOTE: nested objects stand under `parameters`, as upstream suggests them. */
export function inferSchema(result: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [
      key,
      isFields(value) && !isFloat(value)
        ? { type: 'object', parameters: inferSchema(value) }
        : { type: schemaType(value) },
    ]),
  )
}

function schemaType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isInt(value)) return 'integer'
  if (isFloat(value)) return 'number'
  return typeof value
}

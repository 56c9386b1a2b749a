import { InvalidSchemaError, bestMatch } from './failure.ts'
import { SCHEMA_META_SCHEMA } from './meta-schema.ts'
import { isSchema, type Schema } from './schema-type.ts'
import { compileValidator } from './validator.ts'

/**
 * Checks a whole schema (of a trigger, a policy type, an inquiry): no unknown keywords at its top, lenient beneath, and
 * patterns that can be used.
 *
 * @throws InvalidSchemaError whose `reason` is upstream's text
 */
export function checkSchema(schema: unknown): asserts schema is Schema {
  const failure = bestMatch(compileValidator(SCHEMA_META_SCHEMA).validate(schema))
  if (failure !== null) throw new InvalidSchemaError(failure.message, failure.path)
  if (isSchema(schema)) compileValidator(schema)
}

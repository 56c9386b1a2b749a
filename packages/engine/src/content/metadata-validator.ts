import type { FromSchema, JsonSchema } from '@st2/model'
import { inputValidator } from '@st2/schema'

/** Holds metadata against its schema, with defaults filled in; the type follows from the schema. @throws SchemaValidationError */
export function metadataValidator<const S extends JsonSchema>(schema: S): (metadata: unknown) => FromSchema<S> {
  const validate = inputValidator(schema)
  // The validator lets nothing pass that the schema does not describe.
  return (metadata) => validate(metadata) as FromSchema<S>
}

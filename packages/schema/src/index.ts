export { checkSchema } from './check-schema.ts'
export { applyDefaults } from './defaults.ts'
export { InvalidSchemaError, SchemaValidationError, ValidationFailure, bestMatch, type Path } from './failure.ts'
export { inputValidator, type InputValidator } from './input-validator.ts'
export { META_SCHEMA_URI, PARAMETER_META_SCHEMA, SCHEMA_META_SCHEMA } from './meta-schema.ts'
export { allowNull } from './null-tolerance.ts'
export {
  PARAMETER_NAME_PATTERN,
  ParameterDefinitionError,
  checkParameterDefinitions,
  parameterSetSchema,
} from './parameter-definitions.ts'
export { MAX_PATTERN_LENGTH, compilePattern, type Pattern } from './pattern.ts'
export { MAX_SEARCH_STEPS, MAX_TEXT_LENGTH } from './pattern-cost.ts'
export { isSchema, type ParameterSchema, type Schema } from './schema-type.ts'
export { MASK, maskParameters, maskSecrets, secretPaths, type SecretPath } from './secrets.ts'
export {
  MAX_REFERENCES,
  MAX_REFERENCE_DEPTH,
  MAX_SCHEMA_DEPTH,
  assertValid,
  compileValidator,
  validate,
  type Validator,
} from './validator.ts'

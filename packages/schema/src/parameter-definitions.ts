import { repr } from '@st2/python-values'
import { InvalidSchemaError, bestMatch, type ValidationFailure } from './failure.ts'
import { PARAMETER_META_SCHEMA } from './meta-schema.ts'
import { compilePattern } from './pattern.ts'
import { isJsonObject, own, type ParameterSchema, type Schema } from './schema-type.ts'
import { compileValidator } from './validator.ts'

/** Names of parameters and config attributes; Unicode word characters, no dashes. */
export const PARAMETER_NAME_PATTERN = '^\\w+$'

/** Thrown for parameter definitions that are refused; names the parameter and, if one is to blame, its key. */
export class ParameterDefinitionError extends Error {
  override readonly name = 'ParameterDefinitionError'
  readonly parameter: string
  readonly key: string | null
  /** Upstream's text for the same fault. */
  readonly reason: string

  constructor(parameter: string, key: string | null, reason: string, options?: ErrorOptions) {
    super(`Parameter "${parameter}"${key === null ? '' : `, key "${key}"`}: ${reason}`, options)
    this.parameter = parameter
    this.key = key
    this.reason = reason
  }
}

/** A dict of parameters as the schema of the values given for them: without parameters anything passes. */
export function parameterSetSchema(
  parameters: Readonly<Record<string, ParameterSchema>>,
  options: { additionalProperties?: boolean } = {},
): Schema {
  const entries = Object.entries(parameters)
  if (entries.length === 0) return {}
  const properties = Object.fromEntries(
    // NOTE: an empty definition takes every type but null
    entries.map(([name, schema]) => [name, isEmpty(schema) ? ANY_TYPE : schema]),
  )
  return { type: 'object', properties, additionalProperties: options.additionalProperties ?? false }
}

/**
 * Checks a dict of parameter definitions: strict about the keys of a parameter, lenient about unknown keywords in the
 * schemas beneath.
 *
 * @throws ParameterDefinitionError for the first parameter that is refused
 */
export function checkParameterDefinitions(parameters: unknown): asserts parameters is Record<string, ParameterSchema> {
  if (!isJsonObject(parameters)) throw new InvalidSchemaError(`${repr(parameters)} is not of type 'object'`, [])
  for (const [name, definition] of Object.entries(parameters)) {
    if (!compilePattern(PARAMETER_NAME_PATTERN).isFoundIn(name)) {
      const reason = `${repr(name)} does not match any of the regexes: ${repr(PARAMETER_NAME_PATTERN)}`
      throw new ParameterDefinitionError(name, null, reason)
    }
    checkDefinition(name, definition)
  }
}

const ANY_TYPE: Schema = {
  anyOf: ['array', 'boolean', 'integer', 'number', 'object', 'string'].map((type) => ({ type })),
}

function isEmpty(schema: unknown): boolean {
  return !schema || (isJsonObject(schema) && Object.keys(schema).length === 0)
}

function checkDefinition(name: string, definition: unknown): void {
  const failure = bestMatch(compileValidator(PARAMETER_META_SCHEMA).validate(definition))
  if (failure !== null) throw new ParameterDefinitionError(name, blamedKey(definition, failure), failure.message)
  if (!isJsonObject(definition)) return
  try {
    compileValidator(definition)
  } catch (error) {
    if (!(error instanceof InvalidSchemaError)) throw error
    throw new ParameterDefinitionError(name, String(error.path[0] ?? ''), error.reason, { cause: error })
  }
}

function blamedKey(definition: unknown, failure: ValidationFailure): string | null {
  const [first] = failure.path
  if (first !== undefined) return String(first)
  if (!isJsonObject(definition)) return null
  const known = own(PARAMETER_META_SCHEMA, failure.keyword === 'dependencies' ? 'dependencies' : 'properties')
  const names = isJsonObject(known) ? Object.keys(known) : []
  const isBlamed = (key: string): boolean => names.includes(key) === (failure.keyword === 'dependencies')
  return Object.keys(definition).find(isBlamed) ?? null
}

import { InvalidError, type PackConfigSchema } from '@st2/model'
import {
  type Schema,
  type ValidationFailure,
  allowNull,
  applyDefaults,
  bestMatch,
  isSchema,
  parameterSetSchema,
  validate,
} from '@st2/schema'

type Values = Record<string, unknown>
type Attributes = PackConfigSchema['attributes']

/** What is wrong with the values of a configuration: the text, and the way to the value. */
export interface PackConfigProblem {
  readonly message: string
  readonly path: readonly (string | number)[]
}

/**
 * The first thing wrong with a pack's configuration, as upstream says it; null when there is nothing.
 *
 * @param file name of the configuration file, for the text
 * @source packs-and-runners.md 1.5
 */
export function packConfigProblem(
  pack: string,
  values: Values,
  attributes: Attributes,
  file: string,
): PackConfigProblem | null {
  const schema = parameterSetSchema(attributes, { additionalProperties: true })
  const failure = bestMatch(validate(allowNull(schema), applyDefaults(schema, values)))
  if (failure !== null) return { message: attributeMessage(pack, file, failure), path: failure.path }
  const decrypting = secretThatDecrypts(values, attributes)
  if (decrypting === null) return null
  const reason =
    'Values specified as "secret: True" in config schema are automatically decrypted by default. Use of "decrypt_kv" ' +
    'jinja filter is not allowed for such values. Please check the specified values in the config or the default ' +
    'values in the schema.'
  return { message: reason, path: [decrypting] }
}

/**
 * Values with defaults filled in. Values that are computed from the datastore cannot be resolved yet: an error names the
 * key, so that no action runs with the text of a template in the place of a value.
 *
 * @throws InvalidError
 */
export function resolvePackConfig(pack: string, values: Readonly<Values>, attributes: Attributes): Values {
  const schema: Schema = { type: 'object', properties: attributes }
  const filled = applyDefaults(schema, fillObjects(schema, values))
  refuseDynamic(pack, filled, [])
  return isObject(filled) ? filled : {}
}

function attributeMessage(pack: string, file: string, failure: ValidationFailure): string {
  const attribute = failure.path.join('.')
  return `Failed validating attribute "${attribute}" in config for pack "${pack}" (${file}): ${failure.message}`
}

function secretThatDecrypts(values: Readonly<Values>, attributes: Attributes): string | null {
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const decrypts = [value, attribute['default']].some(
      (text) => typeof text === 'string' && isTemplate(text) && text.includes('decrypt_kv'),
    )
    if (attribute['secret'] === true && decrypts) return name
  }
  return null
}

const PROPERTY_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties']

/** Upstream starts an object that has properties from {}, and a list that has items from []. */
function fillObjects(schema: Schema, given: unknown): unknown {
  if (schema['type'] === 'object' && PROPERTY_KEYWORDS.some((keyword) => keyword in schema)) {
    const value = isObject(given) ? { ...given } : {}
    const properties = schema['properties']
    if (!isSchema(properties)) return value
    for (const [name, property] of Object.entries(properties)) {
      if (!isSchema(property)) continue
      const filled = fillObjects(property, Object.hasOwn(value, name) ? value[name] : undefined)
      if (filled !== undefined) value[name] = filled
    }
    return value
  }
  if (schema['type'] === 'array' && 'items' in schema && (given ?? null) === null) return schema['default'] ?? []
  return given
}

function refuseDynamic(pack: string, value: unknown, path: readonly string[]): void {
  if (typeof value === 'string') {
    if (!isTemplate(value)) return
    throw new InvalidError(
      `Failed to render dynamic configuration value for key "${path.join('.')}" with value "${value}" for pack ` +
        `"${pack}" config: values from the datastore are not supported yet`,
    )
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) refuseDynamic(pack, item, [...path, key])
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { MissingKeyError } from '@st2/expressions'
import { InvalidError, type PackConfigSchema } from '@st2/model'
import {
  type Schema,
  type ValidationFailure,
  allowNull,
  applyDefaults,
  bestMatch,
  compilePattern,
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

/** Renders one dynamic value; a secret one is a ciphertext of the datastore, to be deciphered. */
export type RenderConfigValue = (template: string, isSecret: boolean) => string

export interface ConfigSecret {
  readonly key: string
  readonly text: string
}

export interface ResolvedPackConfig {
  readonly values: Values
  /** What nobody may see, and under which keys it stands. */
  readonly secrets: readonly ConfigSecret[]
}

/**
 * What actions of a pack see of its configuration: stored values, dynamic ones rendered, then defaults filled in. A
 * value that renders to nothing is null; a default is never rendered.
 *
 * @throws InvalidError upstream's text for a value that cannot be rendered
 * @source packs-and-runners.md 1.5, expressions.md 14
 */
export function resolvePackConfig(
  pack: string,
  values: Readonly<Values>,
  attributes: Attributes,
  render: RenderConfigValue,
): ResolvedPackConfig {
  const schema: Schema = { type: 'object', properties: attributes }
  const rendered = renderDynamic({ pack, render }, values, schema, [])
  const filled = applyDefaults(schema, fillObjects(schema, rendered))
  const secrets: ConfigSecret[] = []
  collectSecrets(filled, schema, '', secrets)
  return { values: isObject(filled) ? filled : {}, secrets }
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

interface DynamicRendering {
  readonly pack: string
  readonly render: RenderConfigValue
}

function renderDynamic(rendering: DynamicRendering, value: unknown, schema: Schema, path: readonly string[]): unknown {
  if (typeof value === 'string') return isTemplate(value) ? renderOne(rendering, value, schema, path) : value
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      renderDynamic(rendering, item, itemSchema(schema, index), [...path, String(index)]),
    )
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, item]) => {
    return [key, renderDynamic(rendering, item, propertySchema(schema, key), [...path, key])] as const
  })
  return Object.fromEntries(entries)
}

function renderOne(
  { pack, render }: DynamicRendering,
  template: string,
  schema: Schema,
  path: readonly string[],
): string | null {
  try {
    const text = render(template, schema['secret'] === true)
    return text === '' ? null : text
  } catch (cause) {
    // A look-up that must be fetched first is no failure: the whole is evaluated again with it.
    if (cause instanceof MissingKeyError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidError(
      `Failed to render dynamic configuration value for key "${path.join('.')}" with value "${template}" for pack ` +
        `"${pack}" config: ${reason}`,
      { cause },
    )
  }
}

/** `properties`, then every pattern that fits, then `additionalProperties`; a `$ref` is not followed, as upstream. */
function propertySchema(schema: Schema, key: string): Schema {
  const own = childOf(schema['properties'], key)
  if (own !== null) return own
  const patterns = isSchema(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : []
  const fitting = patterns.filter(([pattern, child]) => isSchema(child) && compilePattern(pattern).isFoundIn(key))
  if (fitting.length > 0) return Object.assign({}, ...fitting.map(([, child]) => child))
  return isSchema(schema['additionalProperties']) ? schema['additionalProperties'] : {}
}

function itemSchema(schema: Schema, index: number): Schema {
  const { items, additionalItems } = schema
  if (isSchema(items)) return items
  const positional: unknown = Array.isArray(items) ? items[index] : undefined
  if (isSchema(positional)) return positional
  return isSchema(additionalItems) ? additionalItems : {}
}

function childOf(schemas: unknown, key: string): Schema | null {
  const child: unknown = isSchema(schemas) && Object.hasOwn(schemas, key) ? schemas[key] : null
  return isSchema(child) ? child : null
}

function collectSecrets(value: unknown, schema: Schema, key: string, secrets: ConfigSecret[]): void {
  if (schema['secret'] === true) {
    if (value !== null && value !== undefined)
      secrets.push({ key, text: typeof value === 'string' ? value : JSON.stringify(value) })
    return
  }
  if (Array.isArray(value))
    value.forEach((item, index) => collectSecrets(item, itemSchema(schema, index), key, secrets))
  else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) collectSecrets(item, propertySchema(schema, name), name, secrets)
  }
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

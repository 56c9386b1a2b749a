import { NONE_MAGIC_VALUE } from '@st2/expressions'
import { InvalidError, type ParameterSchema, type ParameterSchemas } from '@st2/model'
import { parseLiteral, repr, toFloat, toInt, toJsonValue, typeName } from '@st2/python-values'

/** Python's text, which does not say which parameter it is about. */
export class CastError extends InvalidError {
  readonly parameter: string

  constructor(parameter: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.parameter = parameter
  }
}

/**
 * Values as their declared types want them. Only a value whose parameter names one type is cast; null never is.
 *
 * @param tainted names of values that hold a secret, whatever their schema says: messages do not show them
 * @throws InvalidError with Python's text for a value that cannot be cast. @source expressions.md 11
 */
export function castParameters(
  values: Readonly<Record<string, unknown>>,
  schemas: ParameterSchemas,
  tainted: ReadonlySet<string> = new Set(),
): Record<string, unknown> {
  const cast = Object.entries(values).map(([name, value]) => {
    const schema = schemas[name]
    return [name, castOne(name, value, schema, schema?.secret === true || tainted.has(name))] as const
  })
  return Object.fromEntries(cast)
}

function castOne(name: string, value: unknown, schema: ParameterSchema | undefined, isSecret: boolean): unknown {
  try {
    return castValue(value, schema?.type)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    // Python's texts show the value.
    if (!isSecret) throw new CastError(name, error.message, { cause: error })
    throw new InvalidError(`The value of the secret parameter "${name}" is not of type "${String(schema?.type)}".`)
  }
}

type Cast = (value: unknown) => unknown

const CASTS: Readonly<Record<string, Cast>> = {
  array: parseContainer,
  object: parseContainer,
  boolean: (value) => (typeof value === 'string' ? literal(capitalize(value)) : value),
  integer: (value) => toInt(value),
  number: (value) => toFloat(value),
  string: requireText,
}

function castValue(value: unknown, type: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof type !== 'string') return value
  if (value === NONE_MAGIC_VALUE) return null
  const cast = CASTS[type]
  if (cast === undefined) return value
  try {
    return cast(value)
  } catch (cause) {
    if (cause instanceof InvalidError) throw cause
    throw new InvalidError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function parseContainer(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return literal(value)
  }
}

function literal(text: string): unknown {
  return toJsonValue(parseLiteral(text))
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()
}

function requireText(value: unknown): string {
  if (typeof value === 'string') return value
  const shown = typeof value === 'object' ? repr(value) : String(repr(value))
  throw new InvalidError(`Value "${shown}" must either be a string or None. Got "${typeName(value)}".`)
}

import { type Schema, type SchemaValidationError, secretPaths } from '@st2/schema'

/** Characters of a value, as JSON, that is shown as a whole. */
const MAX_SHOWN = 20_000

/** Upstream's long text about a value that does not fit. It shows the value: not when that may hold a secret, or is very long. */
export function unfitText(schema: Schema, error: SchemaValidationError): string {
  const { failure, path, keyword } = error
  const isShown = secretPaths(schema).length === 0 && (JSON.stringify(failure.instance) ?? '').length <= MAX_SHOWN
  return isShown ? failure.longText : `The value of "${path.join('.')}" does not fit its schema (${keyword}).`
}

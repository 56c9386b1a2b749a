import type { ParameterModel } from '@st2/designer'
import { MASK } from '@st2/model'

/** Texts that must not be seen: what secret parameters were given. */
export function secretTexts(
  parameters: readonly ParameterModel[],
  inputs: Readonly<Record<string, unknown>>,
): readonly string[] {
  return parameters.flatMap(({ name, schema }) => {
    const value = inputs[name]
    return schema['secret'] === true && typeof value === 'string' && value !== '' ? [value] : []
  })
}

/** The value with every secret masked, wherever it stands. Pure. */
export function maskSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value)
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskSecrets(inner, secrets)]))
}

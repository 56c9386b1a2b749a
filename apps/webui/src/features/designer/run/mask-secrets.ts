import type { ParameterModel } from '@st2/designer'
import { MASK } from '@st2/model'

/** Texts that must not be seen: what secret parameters were given, with all that is in it. The longest first: they may hold others. */
export function secretTexts(
  parameters: readonly ParameterModel[],
  inputs: Readonly<Record<string, unknown>>,
): readonly string[] {
  return parameters
    .flatMap(({ name, schema }) => (schema['secret'] === true ? textsIn(inputs[name]) : []))
    .sort((a, b) => b.length - a.length)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : []
}

/** The value with every secret masked, wherever it stands. Pure. */
export function maskSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value)
  if (typeof value === 'number') return secrets.includes(String(value)) ? MASK : value
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskSecrets(inner, secrets)]))
}

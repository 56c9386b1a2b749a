import { type ExecutionDocument, MASK, type ParameterSchemas } from '@st2/model'
import { maskSecrets } from '@st2/schema'
import type { Sealer } from '../datastore/encryption-key.ts'

export type SealedParameters = Pick<ExecutionDocument, 'parameters' | 'sealed'>

/**
 * Splits parameters into what anybody may see and one enciphered text with the rest. A document at rest therefore
 * holds no secret: views, events and logs cannot leak what is not there.
 */
export function sealParameters(
  sealer: Sealer,
  values: Readonly<Record<string, unknown>>,
  schemas: ParameterSchemas,
  tainted: ReadonlySet<string>,
): SealedParameters {
  const shown: Record<string, unknown> = {}
  const secret: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    shown[name] = maskValue(name, value, schemas, tainted)
    if (shown[name] !== value) secret[name] = value
  }
  if (Object.keys(secret).length === 0) return { parameters: shown, sealed: undefined }
  return { parameters: shown, sealed: sealer.seal(secret) }
}

/** The parameters with their secret values: for the run, a re-run, and an admin who asks for them. */
export function openParameters(sealer: Sealer, document: SealedParameters): Record<string, unknown> {
  if (document.sealed === undefined) return document.parameters
  return { ...document.parameters, ...(sealer.open(document.sealed) as Record<string, unknown>) }
}

/** Names whose values are enciphered. */
export function sealedNames(sealer: Sealer, document: SealedParameters): string[] {
  return document.sealed === undefined ? [] : Object.keys(sealer.open(document.sealed) as Record<string, unknown>)
}

function maskValue(name: string, value: unknown, schemas: ParameterSchemas, tainted: ReadonlySet<string>): unknown {
  if (value === null || value === undefined) return value
  if (tainted.has(name)) return MASK
  const schema = schemas[name]
  return schema === undefined ? value : maskSecrets(schema, value)
}

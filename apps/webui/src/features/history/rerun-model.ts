import { MASK } from '@st2/model'

/**
 * A re-run starts from the parameters as the API shows them, where secrets are masked. The server keeps whatever the
 * request leaves out, so masked values are never sent back.
 */
export interface RerunStart {
  /** Shown in the form. */
  readonly values: Readonly<Record<string, unknown>>
  /** Names whose stored value is masked, wholly or somewhere inside. */
  readonly masked: ReadonlySet<string>
}

export function rerunStart(parameters: Readonly<Record<string, unknown>>): RerunStart {
  const masked = new Set(Object.keys(parameters).filter((name) => holdsMask(parameters[name])))
  return { values: Object.fromEntries(Object.entries(parameters).filter(([name]) => !masked.has(name))), masked }
}

/** What differs from the run before; everything else the server takes from there. */
export function rerunBody(start: RerunStart, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSame(value, start.values[name])))
}

function holdsMask(value: unknown): boolean {
  if (value === MASK) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsMask)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

import type { Option } from './option.ts'

/** A value as it is written, read as the option's type. `reason` says what is wrong with it. @source config.md 1 */
export type ReadValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }

const TRUE = ['true', 'yes', 'on', '1']
const FALSE = ['false', 'no', 'off', '0']

export function readOptionValue(option: Option<unknown>, written: string): ReadValue {
  switch (option.type) {
    case 'string':
      return readString(option, written)
    case 'integer':
      return readNumber(option, written, /^[+-]?\d+(_\d+)*$/, 'an integer')
    case 'float':
      return readNumber(option, written, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number')
    case 'boolean':
      return readBoolean(written)
    case 'list':
      return { ok: true, value: splitList(written) }
    case 'map':
      return readMap(written)
  }
}

/** Why a value that is well-formed is still not accepted here; null when it is. */
export function refusalOf(option: Option<unknown>, value: unknown): string | null {
  if (option.refused === undefined || isEmpty(value)) return null
  const { values, reason } = option.refused
  const refused = values === 'any' || values.includes(String(value).toLowerCase())
  return refused ? reason : null
}

function readString(option: Option<unknown>, written: string): ReadValue {
  if (option.choices === undefined) return { ok: true, value: written }
  const choice = option.choices.find((one) => one.toLowerCase() === written.toLowerCase())
  if (choice !== undefined) return { ok: true, value: choice }
  return { ok: false, reason: `"${written}" is none of ${option.choices.join(', ')}` }
}

function readNumber(option: Option<unknown>, written: string, shape: RegExp, name: string): ReadValue {
  const trimmed = written.trim()
  if (trimmed === '' && option.default === null) return { ok: true, value: null }
  if (!shape.test(trimmed)) return { ok: false, reason: `"${written}" is not ${name}` }
  const value = Number(trimmed.replaceAll('_', ''))
  if (option.minimum !== undefined && value < option.minimum) {
    return { ok: false, reason: `${value} is less than ${option.minimum}, the least it may be` }
  }
  if (option.maximum !== undefined && value > option.maximum) {
    return { ok: false, reason: `${value} is more than ${option.maximum}, the most it may be` }
  }
  return { ok: true, value }
}

function readBoolean(written: string): ReadValue {
  const lower = written.trim().toLowerCase()
  if (TRUE.includes(lower)) return { ok: true, value: true }
  if (FALSE.includes(lower)) return { ok: true, value: false }
  return { ok: false, reason: `"${written}" is not a boolean (true, false, yes, no, on, off, 1, 0)` }
}

function splitList(written: string): string[] {
  if (written.trim() === '') return []
  return written.split(',').map((item) => item.trim())
}

function readMap(written: string): ReadValue {
  const value: Record<string, string> = {}
  for (const pair of splitList(written)) {
    const at = pair.indexOf(':')
    if (at < 0) return { ok: false, reason: `"${pair}" is not of the form key:value` }
    value[pair.slice(0, at).trim()] = pair.slice(at + 1).trim()
  }
  return { ok: true, value }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
}

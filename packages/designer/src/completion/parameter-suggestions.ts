import type { CaretPlace } from './caret-place.ts'
import { keyInsert } from './complete-workflow.ts'
import type { Suggestion, Suggestions } from './suggestion.ts'

/** A parameter of an action. */
export interface ParameterHint {
  name: string
  type: string | null
  description: string | null
  required: boolean
  default?: unknown
  enum?: readonly unknown[]
}

/** Parameters that are not given yet: those that must be first. */
export function parameterKeys(
  parameters: readonly ParameterHint[],
  given: readonly string[],
  place: CaretPlace,
): Suggestions {
  const free = parameters.filter(({ name }) => !given.includes(name) || name === place.word)
  const items = free
    .toSorted((left, right) => Number(right.required) - Number(left.required))
    .map(
      (parameter): Suggestion => ({
        label: parameter.name,
        kind: 'parameter',
        detail: typeOf(parameter),
        help: parameterHelp(parameter),
        ...keyInsert(parameter.name, place),
      }),
    )
  return { from: place.from, to: place.to, items, isFiltered: false }
}

/** Values that a parameter's schema names. */
export function parameterValues(parameter: ParameterHint, from: number, to: number): Suggestions {
  const values = parameter.enum ?? (parameter.type === 'boolean' ? [true, false] : [])
  const items = values.map((value): Suggestion => {
    const insert = scalarText(value)
    const isDefault = parameter.default !== undefined && value === parameter.default
    return { label: insert, kind: 'value', detail: isDefault ? 'default' : '', help: '', insert }
  })
  return { from, to, items, isFiltered: false }
}

export function parameterHelp(parameter: ParameterHint): string {
  const { description, default: standard } = parameter
  const parts = [
    description ?? '',
    standard === undefined || standard === null ? '' : `Default: ${JSON.stringify(standard)}`,
    parameter.enum === undefined ? '' : `One of ${parameter.enum.map(scalarText).join(', ')}`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function typeOf({ type, required }: ParameterHint): string {
  return [type ?? 'any', ...(required ? ['required'] : [])].join(', ')
}

/** Texts that YAML would read as something else stand in quotes. */
function scalarText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value)
}

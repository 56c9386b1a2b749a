import { MASK, type WorkflowView } from '@st2/model'
import { isRecord } from '../json-record.ts'

type Variables = Readonly<Record<string, unknown>>

/** The variables with which a step began, and what it published, as far as it has. */
export interface StepVariables {
  readonly before: Variables
  readonly published: Variables
  /** Bytes of variables that the server left out. */
  readonly omittedSize: number
}

/**
 * @param secrets names of inputs that are secret: their values are masked wherever they stand, whoever published them
 * @source orquesta.md 8
 */
export function stepVariables(
  { contexts, omitted, sequence, input }: Pick<WorkflowView, 'contexts' | 'omitted' | 'sequence' | 'input'>,
  index: number,
  secrets: ReadonlySet<string>,
): StepVariables {
  const step = sequence[index]
  const merged = (places: readonly number[]) =>
    places.reduce<Variables>((known, place) => merge(known, contexts[place] ?? notShown(omitted, place)), {})
  const hide = hider(input, secrets)
  // What the platform tells every workflow is no variable of this one.
  const placesBefore = step?.contexts.in ?? [0]
  const placesAfter = [...new Set(Object.values(step?.contexts.out ?? {}))]
  const { st2: _st2, parent: _parent, ...before } = merged(placesBefore)
  const places = new Set([...placesBefore, ...placesAfter].map((place) => `contexts.${place}`))
  const omittedSize = omitted.reduce((sum, { place, size }) => (places.has(place) ? sum + size : sum), 0)
  return { before: visible(before, hide), published: visible(merged(placesAfter), hide), omittedSize }
}

/** What a variable is shown as whose value the server left out: what it was before would be wrong. */
export const NOT_SHOWN = '(not shown: too large)'

function notShown(omitted: WorkflowView['omitted'], place: number): Variables {
  const names = omitted.find((one) => one.place === `contexts.${place}`)?.names ?? []
  return Object.fromEntries(names.map((name) => [name, NOT_SHOWN]))
}

/** Mappings are merged into each other, everything else is replaced. */
function merge(left: Variables, right: Variables): Variables {
  const merged: Record<string, unknown> = { ...left }
  for (const [name, value] of Object.entries(right)) {
    const known = merged[name]
    merged[name] = isRecord(known) && isRecord(value) ? merge(known, value) : value
  }
  return merged
}

function visible(variables: Variables, hide: (name: string, value: unknown) => unknown): Variables {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => !name.startsWith('__'))
      .map(([name, value]) => [name, hide(name, value)]),
  )
}

function hider(input: Variables, secrets: ReadonlySet<string>): (name: string, value: unknown) => unknown {
  const texts = new Set(
    [...secrets].map((name) => input[name]).filter((value) => typeof value === 'string' && value !== ''),
  )
  const hide = (value: unknown): unknown => {
    if (texts.has(value)) return MASK
    if (Array.isArray(value)) return value.map(hide)
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hide(inner)]))
  }
  return (name, value) => (secrets.has(name) ? MASK : hide(value))
}

import type { WorkflowLanguage } from '@st2/expressions'
import { compareText } from '@st2/python-values'
import type { Place, SpecPath, SpecPlaces } from '../spec/places.ts'

/** A mistake in a definition. */
export interface InspectionEntry {
  message: string
  /** Where it is: `tasks.t1.next[0].do`; null for the definition as a whole. */
  spec_path: string | null
  /** Which rule it breaks: `properties.tasks.patternProperties.^\w+$.additionalProperties`. */
  schema_path: string | null
  /** Where it stands in the text; null when the definition was no text. Upstream's entries do not have it. */
  place: Place | null
}

/** A mistake in an expression, or in what one refers to. */
export interface ExpressionEntry extends InspectionEntry {
  /** null for a text that mixes languages. */
  type: WorkflowLanguage | null
  expression: string
}

/** Empty when nothing is wrong: a phase that found nothing has no key. */
export interface Inspection {
  syntax?: InspectionEntry[]
  semantics?: InspectionEntry[]
  expressions?: ExpressionEntry[]
  context?: ExpressionEntry[]
}

/** Two paths that grow together: into the definition, and into the schema that describes it. */
export interface Paths {
  spec: SpecPath
  schema: string
}

export const TASK_PATTERN = '^\\w+$'

export function property(paths: Paths, name: string): Paths {
  const schema = `properties.${name}`
  return { spec: [...paths.spec, name], schema: paths.schema === '' ? schema : `${paths.schema}.${schema}` }
}

export function taskPaths(name: string): Paths {
  return { spec: ['tasks', name], schema: `properties.tasks.patternProperties.${TASK_PATTERN}` }
}

export function transitionPaths(task: Paths, index: number): Paths {
  const next = property(task, 'next')
  return { spec: [...next.spec, index], schema: `${next.schema}.items` }
}

/** null for the root. */
export function pathText(path: SpecPath): string | null {
  const text = path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
  return text === '' ? null : text
}

/** `place` is looked for at `at`, which may be more exact than the path that is shown. */
export function locate(paths: Paths, places: SpecPlaces, at: SpecPath = paths.spec): Omit<InspectionEntry, 'message'> {
  return { spec_path: pathText(paths.spec), schema_path: paths.schema, place: places.nearest(at) }
}

/** By rule, then by place; equal ones keep their order. */
export function sortEntries<E extends InspectionEntry>(entries: readonly E[]): E[] {
  return [...entries].sort(
    (left, right) =>
      compareText(left.schema_path ?? '', right.schema_path ?? '') ||
      compareText(left.spec_path ?? '', right.spec_path ?? ''),
  )
}

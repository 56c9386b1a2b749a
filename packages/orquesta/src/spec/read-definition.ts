import { entriesOf, isDict, makeFloat } from '@st2/python-values'
import { parseYamlTree, YamlError, type YamlTree } from '@st2/yaml'
import { WorkflowLoadError } from './load-error.ts'
import { placeKey, type SpecPath, SpecPlaces } from './places.ts'
import { structureOf } from './yaml-structure.ts'

/** Most nodes of a definition, aliases written out. */
export const MAX_DEFINITION_NODES = 200_000

/** @throws WorkflowLoadError for YAML that can not be read, and for a key that stands twice */
export function readDefinition(text: string): { value: unknown; places: SpecPlaces } {
  const tree = read(text)
  const { places, duplicates, floats } = structureOf(tree)
  const [duplicate] = duplicates
  if (duplicate !== undefined) throw unreadable(`found duplicate key "${duplicate}"`)
  return { value: withFloats(tree.root?.value ?? null, floats, []), places: new SpecPlaces(places) }
}

function read(text: string): YamlTree {
  try {
    return parseYamlTree(text, { maxNodes: MAX_DEFINITION_NODES })
  } catch (error) {
    if (error instanceof YamlError) throw unreadable(error.message, error)
    throw error
  }
}

function unreadable(reason: string, cause?: unknown): WorkflowLoadError {
  return new WorkflowLoadError(`Failed to load workflow definition because ${reason}.`, 'ValueError', { cause })
}

/** Numbers that were written with a point stay floats, as their text shows once it is rendered: 2.0 is not 2. */
function withFloats(value: unknown, floats: ReadonlySet<string>, path: SpecPath): unknown {
  if (floats.size === 0) return value
  if (typeof value === 'number') return floats.has(placeKey(path)) ? makeFloat(value) : value
  if (Array.isArray(value)) return value.map((item: unknown, at) => withFloats(item, floats, [...path, at]))
  if (!isDict(value)) return value
  return Object.fromEntries(
    entriesOf(value).map(([key, inner]) => [String(key), withFloats(inner, floats, [...path, String(key)])]),
  )
}

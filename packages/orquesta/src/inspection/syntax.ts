import { entriesOf, getKey, hasKey, isDict, PyTuple, repr, str, unescapeText } from '@st2/python-values'
import { compileValidator } from '@st2/schema'
import { ITEMS_PATTERN } from '../spec/items-pattern.ts'
import type { SpecPath } from '../spec/places.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { type InspectionEntry, type Paths, pathText, property, taskPaths } from './inspection-entry.ts'
import { isItemsText } from './items-syntax.ts'
import { WORKFLOW_SCHEMA } from './workflow-schema.ts'

/** What does not fit the schema of definitions. @source orquesta: orquesta/specs/base.py inspect_syntax */
export function inspectSyntax(spec: WorkflowSpec): InspectionEntry[] {
  const failures = compileValidator(WORKFLOW_SCHEMA).validate(asObjects(spec.raw))
  return [
    ...failures.map((failure) => entryOf(spec, failure.message, failure.path, pathText(failure.schemaPath))),
    ...missing(spec, spec.raw, 'tasks', { spec: [], schema: '' }),
    ...[...spec.tasks.values()].flatMap((task) =>
      missing(spec, getKey(task.raw, 'retry'), 'count', property(taskPaths(task.name), 'retry')),
    ),
    ...itemsFailures(spec),
  ]
}

function missing(spec: WorkflowSpec, value: unknown, name: string, { spec: path, schema }: Paths): InspectionEntry[] {
  if (!isDict(value) || hasKey(value, name)) return []
  const schemaPath = schema === '' ? 'required' : `${schema}.required`
  return [entryOf(spec, `${repr(name)} is a required property`, path, schemaPath)]
}

function itemsFailures(spec: WorkflowSpec): InspectionEntry[] {
  return [...spec.tasks.values()].flatMap((task) => {
    const items = itemsOf(task.raw)
    if (typeof items !== 'string' || isItemsText(items)) return []
    const paths = property(property(taskPaths(task.name), 'with'), 'items')
    return [
      entryOf(spec, `${repr(items)} does not match ${repr(ITEMS_PATTERN)}`, paths.spec, `${paths.schema}.pattern`),
    ]
  })
}

function itemsOf(task: WorkflowSpec['raw']): unknown {
  const written = getKey(task, 'with')
  return isDict(written) ? getKey(written, 'items') : null
}

function entryOf(spec: WorkflowSpec, message: string, path: SpecPath, schemaPath: string | null): InspectionEntry {
  return {
    message: unescapeText(message),
    spec_path: pathText(path),
    schema_path: schemaPath,
    place: spec.places.nearest(path),
  }
}

/** Names like `1` keep a mapping from being a plain object, which is what the schema is held against. */
function asObjects(value: unknown): unknown {
  if (Array.isArray(value) && !(value instanceof PyTuple)) return value.map(asObjects)
  if (!isDict(value)) return value
  return Object.fromEntries(entriesOf(value).map(([key, inner]) => [str(key), asObjects(inner)]))
}

import type { WorkflowExpressions } from '@st2/expressions'
import { entriesOf, isDict, PyTuple, str } from '@st2/python-values'
import type { SpecPath } from '../spec/places.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { type ExpressionEntry, locate, property, taskPaths } from './inspection-entry.ts'
import { type Field, rawOf, retryFields, taskFields, transitionFields } from './task-fields.ts'

/** Mistakes of grammar in every expression. @source orquesta: orquesta/specs/base.py inspect_expressions */
export function inspectExpressions(spec: WorkflowSpec, expressions: WorkflowExpressions): ExpressionEntry[] {
  return allFields(spec).flatMap((field) =>
    textsIn(field.value, field.written ?? field.paths.spec).flatMap(({ text, at }) =>
      expressions.validate(text).map(({ type, expression, message }) => ({
        type,
        expression,
        message,
        ...locate(field.paths, spec.places, at),
      })),
    ),
  )
}

function allFields(spec: WorkflowSpec): Field[] {
  const root = { spec: [], schema: '' }
  return [
    ...['vars', 'input', 'output'].map((name) => ({ paths: property(root, name), value: rawOf(spec.raw, name) })),
    ...[...spec.tasks.values()].flatMap((task) => [
      { paths: property(taskPaths(task.name), 'join'), value: task.join },
      ...taskFields(task),
      ...retryFields(task),
      ...task.next.flatMap((transition) => transitionFields(task, transition)),
    ]),
  ]
}

interface FoundText {
  text: string
  at: SpecPath
}

/** Keys count as well. */
function textsIn(value: unknown, at: SpecPath): FoundText[] {
  if (typeof value === 'string') return [{ text: value, at }]
  if (Array.isArray(value) && !(value instanceof PyTuple)) {
    return value.flatMap((item: unknown, index) => textsIn(item, [...at, index]))
  }
  if (!isDict(value)) return []
  return entriesOf(value).flatMap(([key, inner]) => {
    const path = [...at, str(key)]
    return [...textsIn(key, path), ...textsIn(inner, path)]
  })
}

import { isTruthy, PythonTypeError, PythonValueError, typeName } from '@st2/python-values'
import type { Target } from './ast.ts'
import { isIterable, iterate, toList } from './collections.ts'
import type { Evaluate } from './compile-expression.ts'
import { TemplateRuntimeError } from './errors.ts'
import { Namespace, valueOf } from './objects.ts'
import type { Scope } from './scope.ts'

export type Assign = (scope: Scope, value: unknown) => void

/** The items of a loop, without those its condition refuses. */
export function selected(iterable: unknown, condition: Evaluate | null, assign: Assign, scope: Scope): unknown[] {
  const items = toList(iterable, scope)
  if (condition === null) return items
  return items.filter((item) => {
    const trial = scope.inner()
    assign(trial, item)
    return isTruthy(valueOf(condition(trial)))
  })
}

/** How `set`, `for` and `with` put a value where it belongs. */
export function assigner(target: Target): Assign {
  if (target.type === 'name') return (scope, value) => scope.set(target.name, value)
  if (target.type === 'attribute') return (scope, value) => setOnNamespace(scope.get(target.object), target.name, value)
  const parts = target.items.map(assigner)
  return (scope, value) => {
    const items = unpack(value, parts.length)
    for (const [at, assign] of parts.entries()) assign(scope, items[at])
  }
}

function setOnNamespace(object: unknown, name: string, value: unknown): void {
  if (!(object instanceof Namespace)) {
    throw new TemplateRuntimeError('cannot assign attribute on non-namespace object')
  }
  object.values.set(name, value)
}

function unpack(value: unknown, count: number): unknown[] {
  if (!isIterable(value)) throw new PythonTypeError(`cannot unpack non-iterable ${typeName(value)} object`)
  const items: unknown[] = []
  for (const item of iterate(value)) {
    if (items.length === count) throw new PythonValueError(`too many values to unpack (expected ${count})`)
    items.push(item)
  }
  if (items.length < count)
    throw new PythonValueError(`not enough values to unpack (expected ${count}, got ${items.length})`)
  return items
}

/** Sets. @source yaql: yaql/standard_library/collections.py */
import { type Ordering, PythonError } from '@st2/python-values'
import { declare, type FunctionDeclaration, required, rest } from '../resolution/declaration.ts'
import { any, set } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { asYaqlSet, isSubset, sizeOfSet } from '../values/equal.ts'
import { isFrozenSet, type SetLike, walk } from '../values/kinds.ts'
import { YaqlSet } from '../values/set.ts'

const both = [required('left', set), required('right', set)] as const

const ORDERINGS: readonly (readonly [Ordering, (left: SetLike, right: SetLike) => boolean])[] = [
  ['<', (left, right) => sizeOfSet(left) < sizeOfSet(right) && isSubset(left, right)],
  ['<=', (left, right) => sizeOfSet(left) <= sizeOfSet(right) && isSubset(left, right)],
  ['>', (left, right) => sizeOfSet(left) > sizeOfSet(right) && isSubset(right, left)],
  ['>=', (left, right) => sizeOfSet(left) >= sizeOfSet(right) && isSubset(right, left)],
]

export const SET_FUNCTIONS: readonly FunctionDeclaration[] = [
  ...ORDERINGS.map(([sign, verdict]) =>
    declare(`#operator_${sign}`, 'function', both, 'Whether one set is part of the other.', (_scope, left, right) =>
      verdict(left, right),
    ),
  ),
  declare('union', 'method', both, 'Members of either set.', (scope, left, right) =>
    union(scope, own(left, 'union'), right),
  ),
  declare('intersect', 'method', both, 'Members of both sets.', (scope, left, right) => {
    const mine = own(left, 'intersection')
    const theirs = asSet(scope, right)
    // of equal members, Python keeps those of the smaller set, of the right one when both are as large
    const isSwapped = isFrozenSet(right) && theirs.size > mine.size
    const [kept, other] = isSwapped ? [mine, theirs] : [theirs, mine]
    return new YaqlSet(members(scope, kept).filter((member) => other.has(member)))
  }),
  declare('difference', 'method', both, 'Members that the other set lacks.', (scope, left, right) =>
    difference(scope, own(left, 'difference'), right),
  ),
  declare('#operator_-', 'function', both, 'Members that the other set lacks.', (scope, left, right) =>
    difference(scope, own(left, 'difference'), right),
  ),
  declare('symmetricDifference', 'method', both, 'Members of just one of the sets.', (scope, left, right) => {
    const mine = own(left, 'symmetric_difference')
    const theirs = asSet(scope, right)
    const onlyTheirs = members(scope, theirs).filter((member) => !mine.has(member))
    const onlyMine = members(scope, mine).filter((member) => !theirs.has(member))
    return new YaqlSet([...onlyTheirs, ...onlyMine], (table) => {
      table.merge(theirs.table)
      for (const member of mine.values()) if (!table.remove(member)) table.add(member)
    })
  }),
  declare('add', 'method', [required('set', set), rest('values', any)], 'With these members.', (scope, owner, values) =>
    union(scope, own(owner, 'union'), new YaqlSet(values)),
  ),
  declare(
    'remove',
    'method',
    [required('set', set), rest('values', any)],
    'Without these members.',
    (scope, owner, values) => difference(scope, own(owner, 'difference'), new YaqlSet(values)),
  ),
]

/** NOTE: views of mappings count as sets, but have none of a set's methods. */
function own(owner: SetLike, method: string): YaqlSet {
  if (isFrozenSet(owner)) return asYaqlSet(owner)
  throw new PythonError('AttributeError', `'${owner.pyType}' object has no attribute '${method}'`)
}

function asSet(scope: Scope, value: SetLike): YaqlSet {
  return isFrozenSet(value) ? asYaqlSet(value) : new YaqlSet(walk(value, scope.evaluation.budget))
}

function members(scope: Scope, owner: YaqlSet): unknown[] {
  return Array.from(walk(owner, scope.evaluation.budget))
}

export function union(scope: Scope, left: YaqlSet, right: SetLike): YaqlSet {
  const theirs = asSet(scope, right)
  return new YaqlSet([...members(scope, left), ...members(scope, theirs)], (table) => {
    table.merge(left.table)
    if (isFrozenSet(right)) table.merge(theirs.table)
    else for (const member of theirs.values()) table.add(member)
  })
}

/** @source CPython: Objects/setobject.c set_difference */
function difference(scope: Scope, left: YaqlSet, right: SetLike): YaqlSet {
  const theirs = asSet(scope, right)
  const kept = members(scope, left).filter((member) => !theirs.has(member))
  const isThinnedOut = !isFrozenSet(right) || left.size >> 2 > theirs.size
  if (!isThinnedOut) return new YaqlSet(kept)
  return new YaqlSet(kept, (table) => {
    table.merge(left.table)
    for (const member of theirs.values()) table.remove(member)
  })
}

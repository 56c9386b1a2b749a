import { type Dict, entriesOf, getKey, isDict, isTruthy, keysOf, str, typeName } from '@st2/python-values'
import { parseInlineParameters } from './inline-parameters.ts'
import { WorkflowLoadError } from './load-error.ts'
import type { Assignment, TransitionSpec } from './workflow-spec.ts'

/** @throws WorkflowLoadError */
export function buildTransition(written: unknown, index: number): TransitionSpec {
  if (!isTruthy(written)) throw new WorkflowLoadError('The spec cannot be type of None.')
  if (!isDict(written)) throw new WorkflowLoadError('The spec is not type of json or yaml.')
  const when = getKey(written, 'when')
  return {
    index,
    when: isTruthy(when) ? when : null,
    publish: publishOf(written),
    do: destinationsOf(written),
    raw: written,
  }
}

function publishOf(transition: Dict): Assignment[] {
  const publish = getKey(transition, 'publish')
  if (typeof publish !== 'string') return assignmentsOf(publish)
  return parseInlineParameters(publish).map(([name, value]) => ({ name, value }))
}

/** The entries of a list of mappings with one key each; of more keys the first counts, anything else is left out. */
export function assignmentsOf(list: unknown): Assignment[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown) => {
    const first = isDict(entry) ? entriesOf(entry)[0] : undefined
    return first === undefined ? [] : [{ name: str(first[0]), value: first[1] }]
  })
}

function destinationsOf(transition: Dict): string[] {
  const written = getKey(transition, 'do')
  if (!isTruthy(written)) return ['continue']
  if (typeof written === 'string') return written.split(',').map((name) => name.trim())
  if (Array.isArray(written)) return written.map((name: unknown) => str(name))
  if (isDict(written)) return keysOf(written).map(str)
  throw new WorkflowLoadError(`'${typeName(written)}' object is not iterable`, 'TypeError')
}

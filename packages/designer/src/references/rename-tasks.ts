import type { YamlNode, YamlScalar } from '@st2/yaml'
import { fieldOf, resolved } from '../model/node-values.ts'
import type { TreeDraft } from '../yaml-edits/tree-draft.ts'
import { collectTask, ScalarCollector, transitionsOf } from './evaluated-scalars.ts'
import { replaceInScalar, type Renames, renamesIn, type TextSpan } from './rename-in-scalar.ts'

/**
 * Renames tasks where other tasks name them: in `do` and in expressions.
 *
 * @param others evaluated texts outside of tasks
 * @returns expressions that name one and could not be read
 */
export function renameTaskReferences(
  draft: TreeDraft,
  tasks: readonly YamlNode[],
  renames: Renames,
  others: readonly YamlScalar[] = [],
): string[] {
  const collector = new ScalarCollector()
  for (const task of tasks) collectTask(collector, task)
  const unread: string[] = []
  for (const scalar of new Set([...collector.scalars, ...others])) {
    const found = renamesIn(scalar.text, 'task', renames)
    replaceInScalar(draft, scalar, found.spans)
    unread.push(...found.unread)
  }
  for (const scalar of targetScalars(tasks)) replaceInScalar(draft, scalar, targetSpans(scalar.text, renames))
  return unread
}

/** What stands in `do`, each text once. */
function targetScalars(tasks: readonly YamlNode[]): YamlScalar[] {
  const collector = new ScalarCollector()
  for (const transition of tasks.flatMap(transitionsOf)) {
    const node = resolved(transition)
    if (node?.kind === 'map') collector.add(fieldOf(node, 'do'))
  }
  return collector.scalars
}

/** Names between commas. */
function targetSpans(text: string, renames: Renames): TextSpan[] {
  return Array.from(text.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)).flatMap(({ 0: name, index }) => {
    const insert = renames.get(name)
    return insert === undefined ? [] : [{ start: index, end: index + name.length, insert }]
  })
}

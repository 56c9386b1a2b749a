import type { YamlMapping, YamlPair } from '@st2/yaml'
import { positionIn } from './gap-comments.ts'
import { fieldOf, resolved, textOf } from './node-values.ts'
import { listedEntries, listedInput } from './read-entries.ts'
import { readTask } from './read-task.ts'
import { readSource, type SourceText } from './source-text.ts'
import { tasksMapping } from './tasks-mapping.ts'
import { undrawnParts } from './undrawn-parts.ts'
import type { TaskModel, WorkflowModel } from './workflow-model.ts'

/**
 * Reads a workflow's text.
 *
 * @param previous tasks whose text is the same there stay the same objects
 * @throws YamlError
 */
export function readWorkflow(text: string, previous?: WorkflowModel): WorkflowModel {
  const source = readSource(text)
  const { root } = source
  const tasks = root === null ? [] : readTasks(source, root, previous)
  const field = (name: string) => (root === null ? null : fieldOf(root, name))
  return {
    version: textOf(field('version')),
    name: textOf(field('name')),
    description: textOf(field('description')),
    tags: tagsOf(field('tags')),
    tasks,
    taskNames: new Map(tasks.map((task) => [task.name, task])),
    input: listedInput(field('input')).map(({ entry }) => entry),
    vars: listedEntries(field('vars')).map(({ entry }) => entry),
    output: listedEntries(field('output')).map(({ entry }) => entry),
    undrawn: root === null ? [] : undrawnParts(root, tasks),
    source,
  }
}

function tagsOf(node: ReturnType<typeof fieldOf>): string[] {
  const list = resolved(node)
  return list?.kind === 'seq' ? list.items.map(({ value }) => textOf(value) ?? '') : []
}

/** Where a task's text was read from; one that is read again from the same text is the same. */
const TEXTS = new WeakMap<TaskModel, string>()

function readTasks(source: SourceText, root: YamlMapping, previous: WorkflowModel | undefined): TaskModel[] {
  const mapping = tasksMapping(root)
  if (mapping === null) return []
  const colon = root.pairs.find((pair) => pair.value === mapping)?.colon
  const found = new Map<string, TaskModel>()
  for (const [index, pair] of mapping.pairs.entries()) {
    if (pair.name === null) continue
    const gap = mapping.pairs[index - 1]?.end ?? colon ?? mapping.contentStart
    const known = previous?.taskNames.get(pair.name)
    // of two with one name the last one counts, in its own place
    found.delete(pair.name)
    found.set(pair.name, taskOf(source, pair, pair.name, gap, known))
  }
  return [...found.values()]
}

/** Signs of what is written elsewhere; they may also stand in a text, which is then read again for nothing. */
const SHARING = /[&*]|<</

function taskOf(
  source: SourceText,
  pair: YamlPair,
  name: string,
  gap: number,
  known: TaskModel | undefined,
): TaskModel {
  const text = source.text.slice(gap, pair.end)
  const mayShare = SHARING.test(text)
  if (known !== undefined && !mayShare && !known.isShared && TEXTS.get(known) === text) return known
  const position = positionIn(source, gap, pair.start)?.value ?? null
  const task = readTask(source, name, pair.value, { position, isShared: mayShare && isShared(pair.value) })
  TEXTS.set(task, text)
  return task
}

function isShared(node: YamlPair['value']): boolean {
  if (node.kind === 'alias' || node.anchor !== null) return true
  if (node.kind === 'seq') return node.items.some(({ value }) => isShared(value))
  return node.kind === 'map' && node.pairs.some(({ key, value }) => isShared(key) || isShared(value))
}

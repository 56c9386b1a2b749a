import type { YamlMapping, YamlNode } from '@st2/yaml'
import { entriesOfNode, fieldOf, resolved } from './node-values.ts'
import { countUnread, listedEntries, listedInput } from './read-entries.ts'
import { TRANSITION_KEYS } from './read-transition.ts'
import type { TaskModel, UndrawnPart } from './workflow-model.ts'

export const WORKFLOW_KEYS = ['version', 'name', 'description', 'tags', 'input', 'vars', 'output', 'tasks'] as const

/** Everything of a workflow that its model does not hold. */
export function undrawnParts(root: YamlMapping, tasks: readonly TaskModel[]): UndrawnPart[] {
  const unknown = entriesOfNode(root)
    .filter(({ name }) => !WORKFLOW_KEYS.some((known) => known === name))
    .map(({ name }) => part([name], `"${name}" is no key of a workflow.`))
  const taskNodes = resolved(fieldOf(root, 'tasks'))
  if (taskNodes !== null && taskNodes.kind !== 'map' && taskNodes.value !== null) {
    unknown.push(part(['tasks'], 'The tasks are no mapping.'))
  }
  return [...unknown, ...unreadEntries(root), ...undrawnOfTasks(tasks, taskNodes)]
}

function unreadEntries(root: YamlMapping): UndrawnPart[] {
  return ['input', 'vars', 'output'].flatMap((section) => {
    const node = fieldOf(root, section)
    const count = countUnread(node, section === 'input' ? listedInput(node) : listedEntries(node))
    return count === 0 ? [] : [part([section], `${count} of its entries are no named values.`)]
  })
}

function undrawnOfTasks(tasks: readonly TaskModel[], node: YamlNode | null): UndrawnPart[] {
  if (node?.kind !== 'map') return []
  // of two with one name the last one counts
  const own = new Map(node.pairs.map(({ name, value }) => [name, value]))
  return tasks.flatMap((task) => undrawnOfTask(task, own.get(task.name) ?? fieldOf(node, task.name)))
}

function undrawnOfTask(task: TaskModel, node: YamlNode | null): UndrawnPart[] {
  const path = ['tasks', task.name]
  const mapping = resolved(node)
  if (mapping?.kind !== 'map') return [part(path, 'The task is no mapping.')]
  const unknown = task.undrawn.map((key) => part([...path, key], `"${key}" is no key of a task.`))
  const [items, retry] = [fieldOf(mapping, 'with'), fieldOf(mapping, 'retry')]
  if (items !== null && items.value !== null && task.with === null) {
    unknown.push(part([...path, 'with'], 'What it repeats is neither a text nor a mapping.'))
  }
  if (retry !== null && retry.value !== null && task.retry === null) {
    unknown.push(part([...path, 'retry'], 'The retry is no mapping.'))
  }
  return [...unknown, ...undrawnTransitions(path, fieldOf(mapping, 'next'))]
}

function undrawnTransitions(path: readonly string[], node: YamlNode | null): UndrawnPart[] {
  const list = resolved(node)
  if (list === null || list.value === null) return []
  if (list.kind !== 'seq') return [part([...path, 'next'], 'The transitions are no list.')]
  return list.items.flatMap(({ value }, index) => {
    const transition = resolved(value)
    const at = [...path, 'next', index]
    if (transition?.kind !== 'map') return [part(at, 'The transition is no mapping.')]
    return entriesOfNode(transition)
      .filter(({ name }) => !TRANSITION_KEYS.some((known) => known === name))
      .map(({ name }) => part([...at, name], `"${name}" is no key of a transition.`))
  })
}

function part(path: readonly (string | number)[], reason: string): UndrawnPart {
  return { path, reason }
}

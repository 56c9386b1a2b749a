import { parseInlineParameters } from '@st2/orquesta'
import type { YamlMapping, YamlNode } from '@st2/yaml'
import { pairOf } from '../yaml-edits/edit-path.ts'
import { entriesOfNode, fieldOf, resolved, textOf, valueOf } from './node-values.ts'
import { readTransition } from './read-transition.ts'
import type { SourceText } from './source-text.ts'
import type { ItemsModel, Position, RetryModel, TaskModel, TransitionModel } from './workflow-model.ts'

/** In the order in which new ones are written. */
export const TASK_KEYS = ['action', 'with', 'input', 'delay', 'retry', 'join', 'next'] as const

export interface TaskPlace {
  position: Position | null
  isShared: boolean
}

/** @param node what stands behind the task's name; anything but a mapping is a task without fields */
export function readTask(source: SourceText, name: string, node: YamlNode, place: TaskPlace): TaskModel {
  const task = resolved(node)
  if (task?.kind !== 'map') return { ...EMPTY, name, ...place }
  return {
    name,
    ...place,
    ...actionOf(task),
    with: itemsOf(task),
    join: valueOf(fieldOf(task, 'join')),
    delay: valueOf(fieldOf(task, 'delay')),
    retry: retryOf(task),
    next: transitionsOf(source, task),
    undrawn: entriesOfNode(task)
      .map((entry) => entry.name)
      .filter((key) => !TASK_KEYS.some((known) => known === key)),
  }
}

const EMPTY = {
  action: null,
  input: null,
  inputForm: 'none',
  with: null,
  join: null,
  delay: null,
  retry: null,
  next: [],
  undrawn: [],
} as const

/** Inline parameters are the input; one that is written beside them does not count. */
function actionOf(task: YamlMapping): Pick<TaskModel, 'action' | 'input' | 'inputForm'> {
  const action = textOf(fieldOf(task, 'action'))
  const inline = action === null ? [] : parseInlineParameters(action)
  const end = action?.indexOf(' ') ?? -1
  if (action !== null && inline.length > 0 && end !== -1) {
    const input = new Map(inline)
    const entries = [...input].map(([name, value]) => ({ name, value }))
    return { action: action.slice(0, end), input: entries, inputForm: 'inline' }
  }
  const input = resolved(fieldOf(task, 'input'))
  if (input?.kind === 'map') return { action, input: entriesOfNode(input), inputForm: 'mapping' }
  const text = textOf(input)
  return { action, input: text, inputForm: text === null ? 'none' : 'expression' }
}

function itemsOf(task: YamlMapping): ItemsModel | null {
  const field = resolved(fieldOf(task, 'with'))
  if (field?.kind === 'map') {
    return {
      items: textOf(fieldOf(field, 'items')),
      concurrency: valueOf(fieldOf(field, 'concurrency')),
      form: 'mapping',
    }
  }
  const items = textOf(field)
  return items === null ? null : { items, concurrency: null, form: 'string' }
}

function retryOf(task: YamlMapping): RetryModel | null {
  const field = resolved(fieldOf(task, 'retry'))
  if (field?.kind !== 'map') return null
  return {
    when: textOf(fieldOf(field, 'when')),
    count: valueOf(fieldOf(field, 'count')),
    delay: valueOf(fieldOf(field, 'delay')),
  }
}

const EMPTY_TRANSITION = {
  when: null,
  publish: [],
  publishForm: 'none',
  do: [],
  doForm: 'none',
  color: null,
} as const

function transitionsOf(source: SourceText, task: YamlMapping): TransitionModel[] {
  const pair = pairOf(task, 'next')
  const list = resolved(fieldOf(task, 'next'))
  if (list?.kind !== 'seq') return []
  // comments above the first one stand behind the key; those of a list that stands elsewhere, behind its bracket
  const start = pair !== null && pair.value === list ? (pair.colon ?? list.start) : list.start
  return list.items.map(({ value }, index): TransitionModel => {
    const node = resolved(value)
    if (node?.kind !== 'map') return { index, ...EMPTY_TRANSITION }
    return readTransition(source, node, index, list.items[index - 1]?.end ?? start)
  })
}

import { YamlError, type YamlMapping } from '@st2/yaml'
import { isEngineCommand } from '@st2/orquesta'
import { readWorkflow } from '../model/read-workflow.ts'
import { readSource } from '../model/source-text.ts'
import type { Position, TaskModel, WorkflowModel } from '../model/workflow-model.ts'
import { tasksMapping } from '../model/tasks-mapping.ts'
import { renameTaskReferences } from '../references/rename-tasks.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { copyTasks } from './copy-tasks.ts'
import { insertTasks } from './insert-tasks.ts'
import { renameKey } from './rename-entry.ts'
import { unreadNote } from './rename-task.ts'
import { setPosition } from './set-position.ts'
import { editWorkflow } from './staged-edit.ts'

/** How far tasks are moved that would cover those they were copied from. */
const OFFSET = 40

export const pasteTasks: CommandHandler<'paste-tasks'> = {
  label: () => 'Paste tasks',
  execute: ({ workflow }, { yaml, at }) => {
    const snippet = tasksOf(yaml)
    const renames = uniqueNames(workflow, snippet)
    const notes: string[] = []
    const renamed = editWorkflow(snippet)
      .stage((draft) => {
        const tasks = tasksMapping(snippet.source.root)
        if (tasks === null) return
        for (const pair of tasks.pairs) {
          const to = pair.name === null ? undefined : renames.get(pair.name)
          if (to !== undefined) renameKey(draft, pair, to, tasks.isFlow)
        }
        const unread = renameTaskReferences(
          draft,
          tasks.pairs.map(({ value }) => value),
          renames,
        )
        notes.push(...unread.map(unreadNote))
      })
      .stage((draft, model) => {
        for (const [name, position] of newPositions(workflow, model, at ?? null))
          setPosition(draft, model, name, position)
      }).model
    const names = renamed.tasks.map(({ name }) => name)
    return {
      changes: { workflow: insertTasks(workflow, copyTasks(renamed, names)) },
      notes: [...notes, ...danglingNotes(workflow, renamed)],
      names,
    }
  },
}

/** What was copied: tasks alone, or a workflow with tasks. */
function tasksOf(yaml: string): WorkflowModel {
  try {
    const { root, tree } = readSource(yaml)
    if (root === null) throw new EditRefusal('There is nothing to paste.')
    const isWorkflow = root.pairs.some(({ name }) => name === 'tasks') && tasksMapping(root) !== null
    const model = readWorkflow(isWorkflow ? yaml : wrapped(root, tree.text))
    if (model.tasks.length > 0 && model.tasks.every(isTaskLike)) return model
    throw new EditRefusal('What is to be pasted holds no tasks.')
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new EditRefusal(`What is to be pasted can not be read: ${error.message}`, { cause: error })
  }
}

/** Whether a mapping has anything that a task has. */
function isTaskLike({ action, input, with: items, join, delay, retry, next }: TaskModel): boolean {
  return next.length > 0 || [action, input, items, join, delay, retry].some((field) => field !== null)
}

/** Beneath `tasks:`, everything one step to the right. */
function wrapped({ isFlow }: YamlMapping, text: string): string {
  const body = text.replace(/^\uFEFF/, '').replace(/^---[ \t]*(?:\r\n|\n|\r)/, '')
  if (isFlow) return `tasks: ${body}`
  return `tasks:\n${body.replace(/^(?=[^\r\n])/gm, '  ')}`
}

/** `name_2`, `name_3`, … for those that are taken. */
function uniqueNames(model: WorkflowModel, snippet: WorkflowModel): Map<string, string> {
  const taken = new Set([...model.taskNames.keys(), ...snippet.taskNames.keys()])
  const renames = new Map<string, string>()
  for (const { name } of snippet.tasks) {
    if (!model.taskNames.has(name) && !isEngineCommand(name)) continue
    const base = name.replace(/_\d+$/, '')
    let number = 2
    while (taken.has(`${base}_${number}`)) number++
    renames.set(name, `${base}_${number}`)
    taken.add(`${base}_${number}`)
  }
  return renames
}

/** Together to where they are pasted, or aside where they would lie on others. */
function newPositions(model: WorkflowModel, snippet: WorkflowModel, at: Position | null): [string, Position][] {
  const placed = snippet.tasks.flatMap(({ name, position }): [string, Position][] =>
    position === null ? [] : [[name, position]],
  )
  const left = Math.min(...placed.map(([, { x }]) => x))
  const top = Math.min(...placed.map(([, { y }]) => y))
  const isTaken = (dx: number, dy: number): boolean =>
    placed.some(([, { x, y }]) => model.tasks.some(({ position }) => position?.x === x + dx && position.y === y + dy))
  let [dx, dy] = at === null ? [0, 0] : [at.x - left, at.y - top]
  while (at === null && isTaken(dx, dy)) [dx, dy] = [dx + OFFSET, dy + OFFSET]
  return placed.map(([name, { x, y }]) => [name, { x: x + dx, y: y + dy }])
}

function danglingNotes(model: WorkflowModel, snippet: WorkflowModel): string[] {
  return snippet.tasks.flatMap((task) =>
    task.next
      .flatMap((transition) => transition.do)
      .filter((to) => !model.taskNames.has(to) && !snippet.taskNames.has(to) && !isEngineCommand(to))
      .map((to) => `"${task.name}" leads to "${to}", which is not here.`),
  )
}

import { fieldOf } from '../model/node-values.ts'
import { tasksMapping } from '../model/tasks-mapping.ts'
import { collectAssigned, ScalarCollector } from '../references/evaluated-scalars.ts'
import { renameTaskReferences } from '../references/rename-tasks.ts'
import { requireNewTaskName, requireTask } from '../rules/names.ts'
import { pairOf } from '../yaml-edits/edit-path.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import type { CommandHandler } from './designer-command.ts'
import { renameKey } from './rename-entry.ts'
import { editWorkflow } from './staged-edit.ts'

export const renameTask: CommandHandler<'rename-task'> = {
  label: ({ from, to }) => `Rename ${from} to ${to}`,
  execute: ({ workflow }, { from, to }) => {
    requireTask(workflow, from)
    if (from === to) return { changes: {}, notes: [] }
    requireNewTaskName(workflow, to)
    const { root } = workflow.source
    const tasks = tasksMapping(root)
    const pair = tasks === null ? null : pairOf(tasks, from)
    if (root === null || tasks === null || pair === null) {
      throw new EditRefusal(`"${from}" is merged from elsewhere: rename it there.`)
    }
    let unread: string[] = []
    const edit = editWorkflow(workflow).stage((draft) => {
      renameKey(draft, pair, to, tasks.isFlow)
      const others = new ScalarCollector()
      for (const section of ['input', 'vars', 'output']) collectAssigned(others, fieldOf(root, section))
      const nodes = tasks.pairs.map(({ value }) => value)
      unread = renameTaskReferences(draft, nodes, new Map([[from, to]]), others.scalars)
    })
    return { changes: { workflow: edit.changes() }, notes: unread.map(unreadNote) }
  },
}

export function unreadNote(expression: string): string {
  return `This expression can not be read and stays as it is: ${expression}`
}

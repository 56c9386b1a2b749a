import { fieldOf } from '../model/node-values.ts'
import { readWorkflow } from '../model/read-workflow.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { TextChange } from '../text/text-change.ts'
import { insertPart } from '../yaml-edits/insert-parts.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { readSource } from '../model/source-text.ts'
import { lastBlockScalar } from '../yaml-edits/block-lines.ts'
import { setPosition } from './set-position.ts'
import { editWorkflow } from './staged-edit.ts'

/**
 * Puts tasks behind the last one, as they are written.
 *
 * @param text tasks in the first column
 */
export function insertTasks(model: WorkflowModel, text: string): TextChange[] {
  const tasks = model.source.root === null ? null : fieldOf(model.source.root, 'tasks')
  if (tasks?.kind !== 'map' || tasks.isFlow || tasks.pairs.length === 0) return insertValues(model, text)
  const lines = text.replace(/\n+$/, '').split('\n')
  const endsWithBlock = lastBlockScalar(readSource(text).root ?? undefined) !== null
  return editWorkflow(model)
    .stage((draft) => {
      insertPart(draft, { isFlow: false, parts: tasks.pairs }, tasks.pairs.length - 1, {
        // what decides is whether the last line end counts
        value: endsWithBlock ? '\n' : '',
        write: (column, { lineBreak }) =>
          lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line)).join(lineBreak),
      })
    })
    .changes()
}

/** Where there are no tasks yet, or those that there are stand in brackets: by their values. */
function insertValues(model: WorkflowModel, text: string): TextChange[] {
  const snippet = readWorkflow(`tasks:\n${text.replace(/^(?=[^\n])/gm, '  ')}`)
  const root: unknown = snippet.source.root?.value
  const values: unknown = Reflect.get(Object(root), 'tasks')
  const edit = editWorkflow(model)
  for (const { name, position } of snippet.tasks) {
    edit.stage((draft) => setAt(draft, ['tasks', name], Reflect.get(Object(values), name)))
    if (position !== null) edit.stage((draft, written) => setPosition(draft, written, name, position))
  }
  return edit.changes()
}

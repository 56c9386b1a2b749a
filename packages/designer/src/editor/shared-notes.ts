import { spanOfTask } from '../model/places.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { TextChanges } from '../text/text-change.ts'
import { isSameValue } from '../yaml-edits/same-value.ts'
import type { FileState } from './file-state.ts'

/** Tasks that say something else although nothing changed in their own text: they use what was changed by its anchor. */
export function sharedNotes(
  before: FileState<WorkflowModel>,
  after: FileState<WorkflowModel>,
  changes: TextChanges,
): string[] {
  if (before === after) return []
  const names = after.model.tasks.flatMap((task) => {
    const old = before.model.taskNames.get(task.name)
    if (!task.isShared || old === undefined || isSameValue({ ...old }, { ...task })) return []
    const span = spanOfTask(before.model, task.name)
    const isTouched = span === null || changes.some(({ from, to }) => to >= span.from && from <= span.to)
    return isTouched ? [] : [`"${task.name}" shares what was changed, and changes with it.`]
  })
  return names
}

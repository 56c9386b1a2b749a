import type { YamlMapping, YamlNode } from '@st2/yaml'
import { fieldOf } from '../model/node-values.ts'
import { readWorkflow } from '../model/read-workflow.ts'
import { readSource } from '../model/source-text.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { TextChange } from '../text/text-change.ts'
import { columnAt, lastBlockScalar } from '../yaml-edits/block-lines.ts'
import { setAt } from '../yaml-edits/edit-path.ts'
import { insertPart } from '../yaml-edits/insert-parts.ts'
import type { TreeDraft } from '../yaml-edits/tree-draft.ts'
import { setPosition } from './set-position.ts'
import { editWorkflow } from './staged-edit.ts'

/**
 * Puts tasks behind the last one, as they are written.
 *
 * @param text tasks in the first column
 */
export function insertTasks(model: WorkflowModel, text: string): TextChange[] {
  const tasks = tasksOf(model)
  if (tasks?.kind === 'map' && tasks.pairs.length > 0) {
    return tasks.isFlow ? insertValues(model, text) : insertBehind(model, tasks, text)
  }
  return model.source.root?.isFlow === true ? insertValues(model, text) : insertFirst(model, text)
}

function tasksOf({ source }: WorkflowModel): YamlNode | null {
  return source.root === null ? null : fieldOf(source.root, 'tasks')
}

function insertBehind(model: WorkflowModel, { pairs }: YamlMapping, text: string): TextChange[] {
  const edit = editWorkflow(model).stage((draft) => {
    insertPart(draft, { isFlow: false, parts: pairs }, pairs.length - 1, {
      // what decides is whether the last line end counts
      value: endsWithBlockScalar(text) ? '\n' : '',
      write: (column, { lineBreak }) => indented(text, column, lineBreak),
    })
  })
  return edit.changes()
}

/** A task that holds their place is written first, for the layout around them. */
function insertFirst(model: WorkflowModel, text: string): TextChange[] {
  const edit = editWorkflow(model)
    .stage((draft) => setAt(draft, ['tasks', 'place'], 'holder'))
    .stage((draft, written) => replaceFirst(draft, tasksOf(written), text))
  return edit.changes()
}

function replaceFirst(draft: TreeDraft, tasks: YamlNode | null, text: string): void {
  const pair = tasks?.kind === 'map' ? tasks.pairs[0] : undefined
  if (pair === undefined) return
  const { lineBreak } = draft.layout
  const written = indented(text, columnAt(draft.lines, pair.start), lineBreak)
  const needsBreak = pair.end === draft.text.length && endsWithBlockScalar(text)
  draft.replace(pair.start, pair.end, needsBreak ? written + lineBreak : written)
}

/** The first line stands where it is put in. */
function indented(text: string, column: number, lineBreak: string): string {
  const lines = text.replace(/\n+$/, '').split('\n')
  return lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line)).join(lineBreak)
}

/** Among tasks in brackets, by their values. */
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

function endsWithBlockScalar(text: string): boolean {
  return lastBlockScalar(readSource(text).root ?? undefined) !== null
}

import type { YamlMapping, YamlPair } from '@st2/yaml'
import { pairText } from '@st2/yaml'
import { positionIn } from '../model/gap-comments.ts'
import { tasksMapping } from '../model/tasks-mapping.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { requireTask } from '../rules/names.ts'
import { columnAt, firstLine, isFirstOnLine, lastLine } from '../yaml-edits/block-lines.ts'
import { detectLayout } from '../yaml-edits/detect-layout.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import { positionText } from './set-position.ts'

/** Tasks as a text of YAML of their own, in the order of the file: what `paste-tasks` takes. */
export function copyTasks(model: WorkflowModel, names: readonly string[]): string {
  for (const name of names) requireTask(model, name)
  const tasks = tasksMapping(model.source.root)
  if (tasks === null) throw new EditRefusal('There are no tasks.')
  const wanted = new Set(names)
  const copied = model.tasks.filter(({ name }) => wanted.has(name))
  return copied.map((task) => `${textOfTask(model, tasks, task.name)}\n`).join('')
}

function textOfTask(model: WorkflowModel, tasks: YamlMapping, name: string): string {
  const index = tasks.pairs.findLastIndex((pair) => pair.name === name)
  const pair = tasks.pairs[index]
  const task = model.taskNames.get(name)
  const position = task?.position ?? null
  const own = pair === undefined || task?.isShared !== false || tasks.isFlow ? null : ownText(model, tasks.pairs, index)
  if (own !== null) return own
  // what names something elsewhere is written out
  const value = pair === undefined ? Reflect.get(Object(tasks.value), name) : pair.value.value
  const layout = { ...detectLayout(model.source.tree), lineBreak: '\n' }
  return (position === null ? '' : `# ${positionText(position)}\n`) + pairText(name, value, 0, layout)
}

/** As it is written, moved to the first column. */
function ownText({ source, taskNames }: WorkflowModel, pairs: readonly YamlPair[], index: number): string | null {
  const { lines } = source
  const [before, pair, next] = [pairs[index - 1], pairs[index], pairs[index + 1]]
  if (pair === undefined || !isFirstOnLine(lines, pair.start)) return null
  const column = columnAt(lines, pair.start)
  const first = firstLine(lines, pair, before?.end ?? null)
  const last = lastLine(lines, pair, next?.start ?? null)
  const found = positionIn(source, lines.start(first), pair.start)
  const content = Array.from({ length: last - first + 1 }, (_, at) => withoutIndent(lines.content(first + at), column))
  // its position may stand farther up, above an empty line
  const position = found === null ? (taskNames.get(pair.name ?? '')?.position ?? null) : null
  const own = position === null ? [] : [`# ${positionText(position)}`]
  return [...own, ...content].join('\n')
}

function withoutIndent(line: string, column: number): string {
  const blanks = /^ */.exec(line)?.[0].length ?? 0
  return line.slice(Math.min(blanks, column))
}

import type { Execution } from '@st2/model'
import { type Colorize, colorStatus } from '../format/colors.ts'
import { fieldsOf, isFields, valueAt } from '../format/fields.ts'
import { elapsedStatus } from './elapsed-status.ts'

/** What has changed among the tasks of a workflow since it was asked last: a line for each, below the task it belongs to. */
export class LiveTasks {
  readonly #root: string
  readonly #colorize: Colorize
  readonly #shown = new Map<string, string>()

  constructor(root: string, colorize: Colorize) {
    this.#root = root
    this.#colorize = colorize
  }

  /** @param children depth first, as the server lists them */
  news(children: readonly Execution[], nowMs: number): string {
    const depths = new Map([[this.#root, 0]])
    const lines: string[] = []
    for (const child of children) {
      const depth = (depths.get(child.parent ?? this.#root) ?? 0) + 1
      depths.set(child.id, depth)
      if (this.#shown.get(child.id) === child.status) continue
      this.#shown.set(child.id, child.status)
      const status = colorStatus(elapsedStatus(child, nowMs), this.#colorize)
      lines.push(`${'  '.repeat(depth)}${taskName(child)}: ${child.action.ref} ${status}\n`)
    }
    return lines.join('')
  }
}

function taskName(child: Execution): string {
  const context = fieldsOf(child.context ?? {})
  const name = valueAt(context, isFields(context['chain']) ? 'chain.name' : 'orquesta.task_name')
  const item = valueAt(context, 'orquesta.item_id')
  return `${typeof name === 'string' ? name : child.id}${typeof item === 'number' ? `[${item}]` : ''}`
}

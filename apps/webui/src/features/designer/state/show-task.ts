import { chooseTasks } from './chosen.ts'
import type { Designer } from './designer-context.ts'

/** Of what a person looks for. */
export function showTask({ view, drawn }: Designer, task: string): void {
  chooseTasks(view, [task])
  drawn.current?.goTo(task)
}

import { type Link, TaskLinks } from '../inspection/task-links.ts'
import type { TransitionSpec, WorkflowSpec } from '../spec/workflow-spec.ts'
import { type Guard, guardOf } from './guards.ts'

/** A link that may be followed, with what must have happened to its source. */
export interface LiveLink extends Link {
  guard: Exclude<Guard, 'never'>
}

/** The tasks that may run and the links between them, as far as that is known. Tasks can be taken out. */
export class LiveLinks {
  readonly links: TaskLinks
  readonly #out = new Map<string, LiveLink[]>()
  readonly #excluded = new Set<string>()
  #live: Set<string>

  constructor(spec: WorkflowSpec) {
    this.links = new TaskLinks(spec)
    for (const name of spec.tasks.keys()) this.#out.set(name, this.#openLinks(name))
    this.#live = this.#reach()
  }

  /** In the order in which the walk from the start tasks comes to them. */
  get live(): ReadonlySet<string> {
    return this.#live
  }

  isLive(task: string): boolean {
    return this.#live.has(task)
  }

  /** To tasks that may run. */
  out(task: string): LiveLink[] {
    return (this.#out.get(task) ?? []).filter(({ to }) => this.isLive(to))
  }

  /** From tasks that may run. */
  into(task: string): LiveLink[] {
    const sources = new Set(this.links.previous(task).map(({ from }) => from))
    return [...sources]
      .filter((source) => this.isLive(source))
      .flatMap((source) => (this.#out.get(source) ?? []).filter(({ to }) => to === task))
  }

  transitionOf({ from, transition }: Link): TransitionSpec | undefined {
    return this.links.transitionsOf(from)[transition]
  }

  /** Takes out a task that can not run, and with it what only it leads to. */
  exclude(task: string): void {
    this.#excluded.add(task)
    this.#live = this.#reach()
  }

  #openLinks(name: string): LiveLink[] {
    return this.links.next(name).flatMap((link) => {
      if (!this.links.isTask(link.to) || this.links.isReserved(link.to)) return []
      const guard = guardOf(this.transitionOf(link)?.when)
      return guard === 'never' ? [] : [{ ...link, guard }]
    })
  }

  #reach(): Set<string> {
    const reached = new Set(
      this.links.starts.filter((name) => !this.links.isReserved(name) && !this.#excluded.has(name)),
    )
    for (const name of reached) {
      for (const { to } of this.#out.get(name) ?? []) if (!this.#excluded.has(to)) reached.add(to)
    }
    return reached
  }
}

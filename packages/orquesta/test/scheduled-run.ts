import { PythonError } from '@st2/python-values'
import { COMPLETED, type JournalEntry, type RunEvent, WorkflowRun, type WorkflowSpec } from '../src/index.ts'
import { OUTCOMES, type Schedule } from './random-workflows.ts'

/** Ends of actions after which a run counts as endless. */
const MAX_ENDS = 600

/** Drives a run by a schedule. `between` may exchange the run for another that should be its equal. */
export class ScheduledRun {
  readonly journal: JournalEntry[] = []
  run: WorkflowRun
  readonly #schedule: Schedule
  readonly #between: (run: WorkflowRun, journal: readonly JournalEntry[]) => WorkflowRun
  #ends = 0

  constructor(
    spec: WorkflowSpec,
    schedule: Schedule,
    between: (run: WorkflowRun, journal: readonly JournalEntry[]) => WorkflowRun = (run) => run,
  ) {
    this.run = new WorkflowRun(spec, { inputs: { list: ['a', 'b'] } })
    this.#schedule = schedule
    this.#between = between
  }

  conduct(): this {
    this.#apply({ type: 'begin' })
    const requests = [...this.#schedule.requests]
    while (this.#ends < MAX_ENDS) {
      for (const { status } of requests.filter(({ after }) => after === this.#ends)) this.#ask(status)
      if (this.run.running.length === 0) {
        // what was paused goes on, so that every run comes to an end
        if (this.run.conductor.status !== 'paused') break
        this.#ask('resuming')
        if (this.run.running.length === 0) break
      }
      this.#endOne()
    }
    return this
  }

  get isEndless(): boolean {
    return this.#ends >= MAX_ENDS
  }

  get isOver(): boolean {
    return COMPLETED.has(this.run.conductor.status)
  }

  #endOne(): void {
    const { running } = this.run
    const pick = this.#drawn(this.#schedule.picks)
    const id = running[pick % running.length]?.[0] ?? ''
    const { before, status, result } = OUTCOMES[this.#drawn(this.#schedule.outcomes) % OUTCOMES.length] ?? {
      before: [],
      status: 'succeeded',
      result: null,
    }
    for (const early of before) this.#apply({ type: 'action', id, status: early })
    this.#apply({ type: 'action', id, status, result })
    this.#ends++
  }

  #drawn(values: readonly number[]): number {
    return values[this.#ends % values.length] ?? 0
  }

  /** A refusal is nothing that happened. */
  #ask(status: string): void {
    try {
      this.#apply({ type: 'request', status })
    } catch (error) {
      if (!(error instanceof PythonError)) throw error
    }
  }

  #apply(event: RunEvent): void {
    this.journal.push(this.run.apply(event))
    this.run = this.#between(this.run, this.journal)
  }
}

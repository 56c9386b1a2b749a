import { storedResult } from '../executions/result-store.ts'
import type { Clock } from '../ports/clock.ts'
import { type Children, isPrepared, type PreparedChild } from './children.ts'
import type { Decided, Decisions } from './decisions.ts'
import type { StartEffect } from './journal-rows.ts'

/** ms after which a round is stored, whatever could go on: other workflows want their turn. */
const AHEAD_MS = 10

export interface AheadLimits {
  readonly clock: Clock
  /** Rows that one write takes. */
  readonly maxRows: number
}

/**
 * Runs what was decided and has no effect, and decides what it leads to, before any of it is stored: when it does not get there nothing
 * is lost, for nothing has happened. So a workflow waits for the disk where it does something, and not at each step.
 *
 * @returns what ran; it is to be stored together with the rows
 */
export async function runAhead(
  decisions: Pick<Decisions, 'unstored' | 'decide'>,
  children: Pick<Children, 'hasNoEffect' | 'prepare'>,
  { clock, maxRows }: AheadLimits,
): Promise<PreparedChild[]> {
  const ran: PreparedChild[] = []
  const until = clock.monotonic() + AHEAD_MS
  const mayGoOn = (): boolean => decisions.unstored.length < maxRows && clock.monotonic() < until
  // Rows are added while they are gone through.
  for (const start of startsOf(decisions.unstored)) {
    if (!mayGoOn()) break
    if (!(await children.hasNoEffect(start))) continue
    const child = await children.prepare(start)
    // What is refused is told in its turn.
    if (!isPrepared(child) || !child.isOver) continue
    ran.push(child)
    const { status } = child.document
    await decisions.decide({ type: 'action', id: start.id, status, result: storedResult(child.document) })
  }
  return ran
}

function* startsOf(decided: readonly Decided[]): Iterable<StartEffect> {
  for (const { entry } of decided) for (const effect of entry.effects) if (effect.type === 'start') yield effect
}

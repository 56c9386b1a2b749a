import { type TriggerInstance, UnavailableError } from '@st2/model'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'
import type { Clock } from '../ports/clock.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { CriteriaVerdict, CriterionOutcome } from './criteria/compile-criteria.ts'
import type { RuleBook } from './rule-book.ts'

export interface MatchDeps {
  readonly book: RuleBook
  readonly lookUps: Pick<TemplateLookUps, 'evaluate'>
  readonly clock: Clock
  /** `[system_user] user`: whose datastore items patterns see, and who runs what rules ask for. */
  readonly systemUser: string
}

export interface FailedMatch {
  readonly rule: CompiledRule['rule']
  /** In upstream's words. */
  readonly reason: string
}

export interface Matches {
  readonly matched: readonly CompiledRule[]
  readonly failed: readonly FailedMatch[]
  /** A rule names an operator that does not exist: the instance is marked, too. */
  readonly isBroken: boolean
}

type Event = Pick<TriggerInstance, 'id' | 'trigger' | 'payload'>

/** ms of matching after which others get their turn. */
const SLICE_MS = 10

/**
 * The rules an event matches: standard ones, and backstop ones when none did. One rule that fails does not stop others.
 *
 * @throws UnavailableError the datastore does not answer
 * @source services.md 2.2
 */
export async function matchRules(deps: MatchDeps, event: Event): Promise<Matches> {
  const first = await matchAll(deps, deps.book.standard(event.trigger, event.payload), event)
  if (first.matched.length > 0) return first
  const second = await matchAll(deps, deps.book.backstop(event.trigger, event.payload), event)
  return {
    matched: second.matched,
    failed: [...first.failed, ...second.failed],
    isBroken: first.isBroken || second.isBroken,
  }
}

async function matchAll(deps: MatchDeps, candidates: readonly CompiledRule[], event: Event): Promise<Matches> {
  const matched: CompiledRule[] = []
  const failed: FailedMatch[] = []
  let isBroken = false
  let since = deps.clock.monotonic()
  for (const candidate of candidates) {
    const { criteria, rule } = candidate
    const verdict = criteria.hasTemplates ? await matchOne(deps, candidate, event) : matchNow(deps, candidate, event)
    if (verdict.isMatch) matched.push(candidate)
    if (verdict.failure !== null) failed.push({ rule, reason: failureReason(rule.ref, event.id, verdict.failure) })
    isBroken ||= verdict.isBroken
    if (deps.clock.monotonic() - since > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve))
      since = deps.clock.monotonic()
    }
  }
  return { matched, failed, isBroken }
}

function matchNow(deps: Pick<MatchDeps, 'clock'>, { criteria }: CompiledRule, event: Event): CriteriaVerdict {
  return criteria.evaluate({ payload: event.payload, now: deps.clock.now(), st2kv: null })
}

/** Items of the datastore that patterns name are fetched, and the criteria looked at again. */
export async function matchOne(
  deps: Pick<MatchDeps, 'lookUps' | 'clock' | 'systemUser'>,
  { criteria }: CompiledRule,
  event: Event,
  report?: (outcomes: readonly CriterionOutcome[]) => void,
): Promise<CriteriaVerdict> {
  const now = deps.clock.now()
  let outcomes: CriterionOutcome[] = []
  try {
    const verdict = await deps.lookUps.evaluate(deps.systemUser, ({ st2kv }) => {
      outcomes = []
      return criteria.evaluate({ payload: event.payload, now, st2kv }, (outcome) => outcomes.push(outcome))
    })
    report?.(outcomes)
    return verdict
  } catch (error) {
    if (error instanceof UnavailableError || !(error instanceof Error)) throw error
    const failure = { reason: 'Its patterns could not be rendered', text: error.message }
    return { isMatch: false, failure, isBroken: false }
  }
}

export function failureReason(rule: string, instance: string, failure: { reason: string; text: string }): string {
  return `Failed to match rule "${rule}" against trigger instance "${instance}": ${failure.reason}: ${failure.text}`
}

import { MASK, type Rule, type RuleTest } from '@st2/model'
import type { CriterionFailure, CriterionOutcome } from './criteria/compile-criteria.ts'
import { failureReason } from './match-rules.ts'

/** One criterion as somebody who tests a rule sees it: a secret pattern is masked. */
export function showOutcome(outcome: CriterionOutcome): RuleTest['criteria'][number] {
  const { key, type, value, pattern, isSecret, isMatch, failure } = outcome
  const shown = { key, type, pattern: isSecret ? MASK : pattern, value: value ?? null, matched: isMatch }
  return failure === null ? shown : { ...shown, error: `${failure.reason}: ${failure.text}` }
}

export function triggerMismatch(ofRule: string, ofEvent: string): RuleTest {
  return {
    matched: false,
    reason: `rule.trigger "${ofRule}" and trigger.ref "${ofEvent}" do not match.`,
    criteria: [],
  }
}

/** Why criteria do not hold. @param instance id of the event */
export function explainMismatch(
  rule: Rule,
  instance: string,
  criteria: RuleTest['criteria'],
  failure: CriterionFailure | null,
): string {
  if (failure !== null) return failureReason(rule.ref, instance, failure)
  const last = criteria.at(-1)
  if (last === undefined) return 'The payload is empty, and a rule with criteria matches no empty payload.'
  return `Criterion "${last.key}" (${last.type}) does not hold.`
}

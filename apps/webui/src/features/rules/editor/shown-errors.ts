import { criterionPath } from '../../../widgets/rules/criterion-path.ts'
import type { ReadRule, RuleDraft, RuleErrors } from './rule-draft.ts'
import type { ServerFault } from './server-fault.ts'

const NONE: RuleErrors = { triggerParameters: {}, actionParameters: {}, criteria: new Map() }

/** Errors of an attempt to save, and what the server said about it. */
export function shownErrors(read: ReadRule, tried: boolean, fault: ServerFault | null, draft: RuleDraft): RuleErrors {
  const errors = tried ? read.errors : NONE
  if (fault === null) return errors
  const { place, text } = fault
  if (place.part === 'name' || place.part === 'trigger' || place.part === 'action')
    return { ...errors, [place.part]: text }
  if (place.part === 'triggerParameter')
    return { ...errors, triggerParameters: { ...errors.triggerParameters, [place.name]: text } }
  if (place.part !== 'criterion') return errors
  const path = criterionPath(place.key)
  const row = draft.criteria.find(({ key }) => criterionPath(key.trim()) === path)
  return row === undefined
    ? errors
    : { ...errors, criteria: new Map([...errors.criteria, [row.id, { pattern: text }]]) }
}

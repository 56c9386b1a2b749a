import type { AttributeRules, Attributes } from '../http/listing.ts'
import { EXECUTION_ATTRIBUTES, EXECUTION_MANDATORY } from '../views/execution-view.ts'

/** @source rest-api.md 7.3 */
export const EXECUTION_ATTRIBUTE_RULES: AttributeRules = {
  known: EXECUTION_ATTRIBUTES,
  excludable: ['result', 'trigger_instance', 'status'],
  mandatory: EXECUTION_MANDATORY,
}

/** What costs a look-up of its own is looked up only when it is shown. */
export function asksFor({ include, exclude }: Attributes, attribute: 'result' | 'children'): boolean {
  return include?.some((name) => name.split('.')[0] === attribute) ?? !exclude.includes(attribute)
}

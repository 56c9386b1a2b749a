import type { RuleRequest } from '@st2/model'
import { maskParameters } from '@st2/schema'
import { isRecord } from '../../../widgets/json-record.ts'
import type { RuleSchemas } from './rule-draft.ts'

/** The rule as its file would have it, in the order people write; secrets are masked. */
export function shownRule(request: RuleRequest, schemas: RuleSchemas): Record<string, unknown> {
  const { name, pack, description, enabled, type, trigger, criteria, action, tags } = request
  const masked = schemas.action === null ? action.parameters : maskParameters(schemas.action, action.parameters ?? {})
  return {
    name,
    pack,
    ...(description === undefined ? {} : { description }),
    enabled,
    ...(type === undefined || (type.ref === 'standard' && isEmpty(type.parameters)) ? {} : { type }),
    trigger: isEmpty(trigger.parameters)
      ? { type: trigger.type }
      : { type: trigger.type, parameters: trigger.parameters },
    ...(isEmpty(criteria)
      ? {}
      : { criteria: Object.fromEntries(Object.entries(criteria ?? {}).map(writtenCriterion)) }),
    action: isEmpty(masked) ? { ref: action.ref } : { ref: action.ref, parameters: masked },
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
  }
}

/** The operator first, the pattern last. */
function writtenCriterion([key, criterion]: [string, unknown]): [string, unknown] {
  if (!isRecord(criterion)) return [key, criterion]
  const { type, pattern, ...rest } = criterion
  return [key, { type, ...rest, pattern }]
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isRecord(value) && Object.keys(value).length === 0)
}

import { CRITERIA_OPERATORS, type Criterion, InvalidError } from '@st2/model'
import { repr } from '@st2/python-values'

/** Criteria of one rule. */
const MAX_CRITERIA = 1000

/**
 * What a rule's author must get right before it is stored; patterns inside of `search` are looked at when it runs.
 *
 * @throws InvalidError with upstream's texts
 * @source st2: st2common/st2common/validators/api/reactor.py validate_criteria
 */
export function validateCriteria(criteria: Readonly<Record<string, unknown>>): Record<string, Criterion> {
  const entries = Object.entries(criteria)
  if (entries.length > MAX_CRITERIA) throw new InvalidError(`A rule has at most ${MAX_CRITERIA} criteria.`)
  return Object.fromEntries(entries.map(([key, value]) => [key, validCriterion(key, value)]))
}

function validCriterion(key: string, value: unknown): Criterion {
  if (!isRecord(value))
    throw new InvalidError(`For field: ${key}, the criterion must be an object with type and pattern`)
  const { type, pattern, condition } = value
  if (type === undefined || type === null) throw new InvalidError(`Operator not specified for field: ${key}`)
  if (!isOperator(type)) {
    const shown = typeof type === 'string' ? type : JSON.stringify(type)
    throw new InvalidError(
      `For field: ${key}, operator ${shown} not in list of allowed operators: ${repr([...CRITERIA_OPERATORS])}`,
    )
  }
  if (pattern === undefined || pattern === null) {
    throw new InvalidError(`For field: ${key}, no pattern specified for operator ${type}`)
  }
  if (condition !== undefined && condition !== null && typeof condition !== 'string') {
    throw new InvalidError(`For field: ${key}, condition must be a text`)
  }
  return { ...value, type, pattern, condition: condition ?? undefined }
}

function isOperator(type: unknown): type is (typeof CRITERIA_OPERATORS)[number] {
  return CRITERIA_OPERATORS.some((operator) => operator === type)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

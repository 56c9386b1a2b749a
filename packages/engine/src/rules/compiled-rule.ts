import type { Environment } from '@st2/expressions'
import type { Rule } from '@st2/model'
import { type CompiledCriteria, compileCriteria } from './criteria/compile-criteria.ts'

/** One revision of a rule with its criteria ready. */
export interface CompiledRule {
  readonly rule: Rule
  readonly criteria: CompiledCriteria
}

export function compileRule(rule: Rule, environment: Environment): CompiledRule {
  return { rule, criteria: compileCriteria(rule.criteria, rule.ref, environment) }
}

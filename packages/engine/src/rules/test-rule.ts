import type { RuleRequest, RuleTest } from '@st2/model'
import type { Principal } from '../access/principal.ts'

export interface RuleTestDeps {}

export interface RuleTestQuestion {
  /** Ref or id of a stored rule, or one that is not stored. */
  readonly rule: string | RuleRequest
  /** Exactly one of both. */
  readonly payload?: Record<string, unknown> | undefined
  readonly trigger_instance?: string | undefined
}

import { NotFoundError, type Rule } from '@st2/model'
import type { RuleStore } from './rule-store.ts'

/** @throws NotFoundError */
export async function findRule(rules: RuleStore, refOrId: string): Promise<Rule> {
  const rule = await rules.findByRefOrId(refOrId)
  if (rule === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return rule
}

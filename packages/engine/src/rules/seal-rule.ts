import { InvalidError, MASK, type ParameterSchemas, type Rule } from '@st2/model'
import { maskParameters } from '@st2/schema'
import type { Sealer } from '../datastore/encryption-key.ts'
import { isRecord, openRecord } from '../datastore/sealed-record.ts'

/** How rules are written and read where parameters of their actions are secret. */
export interface RuleSeal {
  seal(rule: Rule): Promise<Rule>
  open(rule: Rule): Rule
}

/** Parameters of an action; null when there is none of that ref. */
type FindParameters = (actionRef: string) => Promise<ParameterSchemas | null>

/**
 * At rest, and on its way to other processes, a rule shows masks where its action calls parameters secret. Of an action that
 * does not exist yet nobody knows which are: then all of them are.
 */
export function ruleSeal(sealer: Sealer, findParameters: FindParameters): RuleSeal {
  return {
    seal: async (rule) => {
      const { sealed: _sealed, ...action } = rule.action
      const shown = masked(await findParameters(action.ref), action.parameters)
      if (shown === action.parameters) return { ...rule, action }
      return { ...rule, action: { ...action, parameters: shown, sealed: sealer.seal(action.parameters) } }
    },
    open: (rule) => {
      const { sealed, ...action } = rule.action
      if (sealed === undefined) return rule
      // Under another key the rule stays as it is, and says so when it fires.
      const parameters = openRecord(sealer, sealed)
      return parameters === null ? rule : { ...rule, action: { ...action, parameters } }
    },
  }
}

/** What an action is given by a rule. @throws InvalidError when its secrets could not be read */
export function readableParameters({ ref, action }: Rule): Record<string, unknown> {
  if (action.sealed === undefined) return action.parameters
  throw new InvalidError(`Secret parameters of rule "${ref}" cannot be opened: the encryption key has changed.`)
}

function masked(schemas: ParameterSchemas | null, parameters: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(parameters)
  if (schemas === null) return names.length === 0 ? parameters : Object.fromEntries(names.map((name) => [name, MASK]))
  const shown = maskParameters(schemas, parameters)
  return isRecord(shown) ? shown : parameters
}

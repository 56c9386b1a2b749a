import { InvalidError, type Rule, type RuleRequest, type Trigger, type TriggerType } from '@st2/model'
import { acquireTrigger } from '../triggers/acquire-trigger.ts'
import { validateTriggerParameters } from '../triggers/trigger-parameters.ts'
import type { RuleDeps } from './create-rule.ts'
import { validateCriteria } from './validate-criteria.ts'

/** A rule without what the store decides. */
export type RuleDefinition = Omit<Rule, 'id' | 'rev' | 'trigger' | 'context'>

/** A valid request, taken apart. */
export interface RequestedRule {
  readonly definition: RuleDefinition
  readonly triggerType: TriggerType
  readonly triggerParameters: Readonly<Record<string, unknown>>
}

/**
 * Checks everything that can be checked without changing anything.
 * @throws InvalidError with upstream's texts
 */
export async function requestedRule(deps: RuleDeps, request: RuleRequest): Promise<RequestedRule> {
  const { type, parameters = {} } = request.trigger
  const triggerType = await deps.triggerTypes.findByRef(type)
  if (triggerType === null) throw unknownTrigger(type)
  validateTriggerParameters(deps.settings, triggerType, parameters)
  return { definition: definitionOf(request), triggerType, triggerParameters: parameters }
}

/** The trigger of a valid request, with one reference more. @throws InvalidError */
export async function acquireRequested(deps: RuleDeps, requested: RequestedRule): Promise<Trigger> {
  const { triggerType, triggerParameters } = requested
  const trigger = await acquireTrigger(deps, triggerType, triggerParameters)
  if (trigger === null) throw unknownTrigger(triggerType.ref)
  return trigger
}

/** A rule as its author wrote it. @throws InvalidError for wrong criteria, and for names that make no ref */
export function definitionOf(request: RuleRequest): RuleDefinition {
  const { name, pack = 'default', action, type } = request
  if (name === '') throw new InvalidError('The name of a rule must not be empty.')
  return {
    uid: `rule:${pack}:${name}`,
    ref: `${pack}.${name}`,
    name,
    pack,
    description: request.description,
    type: { ref: type?.ref ?? 'standard', parameters: type?.parameters ?? {} },
    criteria: validateCriteria(request.criteria ?? {}),
    action: { ref: action.ref, parameters: action.parameters ?? {} },
    enabled: request.enabled ?? false,
    tags: request.tags ?? [],
    metadata_file: request.metadata_file ?? '',
  }
}

function unknownTrigger(type: string): InvalidError {
  return new InvalidError(
    `Trigger "${type}" defined in the rule does not exist in system or it's missing required "parameters" attribute`,
  )
}

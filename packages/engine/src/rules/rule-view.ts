import type { Criterion, Rule, Trigger } from '@st2/model'

/** A rule as the API shows it, without descriptions of other resources. @source rest-schemas.md 15 */
export interface RuleView {
  readonly id: string
  readonly uid: string
  readonly ref: string
  readonly name: string
  readonly pack: string
  readonly description?: string
  readonly enabled: boolean
  readonly type: Rule['type']
  /** The ref alone when the trigger's record is gone. */
  readonly trigger:
    | { readonly type: string; readonly parameters: Readonly<Record<string, unknown>>; readonly ref: string }
    | string
  readonly criteria: Readonly<Record<string, Criterion>>
  readonly action: { readonly ref: string; readonly parameters: Readonly<Record<string, unknown>> }
  readonly context: Readonly<Record<string, unknown>>
  readonly tags: Rule['tags']
  readonly metadata_file: string
}

export function viewRule(rule: Rule, trigger: Trigger | null): RuleView {
  const { ref, parameters } = rule.action
  return {
    tags: rule.tags,
    uid: rule.uid,
    metadata_file: rule.metadata_file,
    name: rule.name,
    ref: rule.ref,
    ...(rule.description === undefined ? {} : { description: rule.description }),
    pack: rule.pack,
    type: rule.type,
    trigger: trigger === null ? rule.trigger : { type: trigger.type, parameters: trigger.parameters, ref: trigger.ref },
    criteria: rule.criteria,
    action: { ref, parameters },
    context: rule.context,
    enabled: rule.enabled,
    id: rule.id,
  }
}

import type { RuleRequest, RuleView } from '@st2/model'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { ruleKeys } from './event-keys.ts'
import { POLL_MS } from './live.ts'
import { nextOffset } from './next-offset.ts'
import { triggerTypeOf } from './rule-filters.ts'

const ROW_ATTRIBUTES = ['ref', 'pack', 'name', 'description', 'enabled', 'trigger', 'action', 'type'] as const

/** Every rule, as far as rows and filters need it. */
export function ruleList() {
  return queryOptions({
    queryKey: ruleKeys.list,
    queryFn: ({ signal }) => api().rules.list({ include_attributes: ROW_ATTRIBUTES }, { signal }),
  })
}

/** One rule, with what its trigger and its action are for. */
export function ruleDetails(ref: string) {
  return queryOptions({
    queryKey: ruleKeys.one(ref),
    queryFn: ({ signal }) => api().rules.view(ref, { signal }),
  })
}

/** Rules that listen to one trigger, enabled or not. */
export function rulesOfTrigger(trigger: string) {
  return queryOptions({
    queryKey: ['rules', 'of-trigger', trigger],
    queryFn: async ({ signal }) => (await api().rules.list({ trigger }, { signal })).items,
  })
}

const ENFORCEMENT_PAGE = 30

/** What a rule did, newest first. */
export function enforcementsOfRule(ruleRef: string) {
  return infiniteQueryOptions({
    queryKey: [...ruleKeys.enforcements, 'of-rule', ruleRef],
    queryFn: ({ pageParam, signal }) =>
      api().ruleEnforcements.views({ rule_ref: ruleRef, limit: ENFORCEMENT_PAGE, offset: pageParam }, { signal }),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
    refetchInterval: POLL_MS,
  })
}

/** Enforcements of one event; as many as rules can listen to one trigger. */
const MAX_ENFORCEMENTS = 100

/** What rules did about one trigger instance. */
export function enforcementsOfInstance(instance: string) {
  return queryOptions({
    queryKey: [...ruleKeys.enforcements, 'of-instance', instance],
    queryFn: ({ signal }) =>
      api().ruleEnforcements.views({ trigger_instance: instance, limit: MAX_ENFORCEMENTS }, { signal }),
    refetchInterval: POLL_MS,
  })
}

/** The record of the firing that asked for an execution; null when none is kept. */
export function enforcementOfExecution(execution: string) {
  return queryOptions({
    queryKey: [...ruleKeys.enforcements, 'of-execution', execution],
    queryFn: async ({ signal }) =>
      (await api().ruleEnforcements.list({ execution, limit: 1 }, { signal })).items[0] ?? null,
  })
}

/** Whether a stored rule matches a stored event, as the rule is now. */
export function ruleVerdict(ruleRef: string, instance: string) {
  return queryOptions({
    queryKey: [...ruleKeys.all, 'verdict', ruleRef, instance],
    queryFn: ({ signal }) => api().rules.test(ruleRef, { trigger_instance: instance }, { signal }),
  })
}

/** What is sent to store a rule again: the views' additions left out. */
export function ruleRequestOf(rule: RuleView): RuleRequest {
  const { name, pack, description, type, criteria, action, enabled, context, tags, metadata_file } = rule
  return {
    name,
    pack,
    ...(description === undefined ? {} : { description }),
    enabled,
    type: { ref: type.ref, parameters: { ...type.parameters } },
    trigger: {
      type: triggerTypeOf(rule),
      parameters: typeof rule.trigger === 'string' ? {} : { ...rule.trigger.parameters },
    },
    criteria: { ...criteria },
    action: { ref: action.ref, parameters: { ...action.parameters } },
    ...(context === undefined ? {} : { context: { ...context } }),
    tags: (tags ?? []).map((tag) => ({ ...tag })),
    ...(metadata_file === undefined ? {} : { metadata_file }),
  }
}

/** Switches a rule on or off; everything else is written as it is stored when the switch is pressed. */
export function useSetRuleEnabled() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ ref, enabled }: { readonly ref: string; readonly enabled: boolean }) => {
      const rule = await api().rules.get(ref)
      return api().rules.update(rule.id, { ...ruleRequestOf(rule), enabled })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ruleKeys.all }),
  })
}

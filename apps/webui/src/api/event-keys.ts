/** Names of what the query cache holds about rules, and about what they answer. */
export const ruleKeys = {
  all: ['rules'] as const,
  list: ['rules', 'list'] as const,
  one: (ref: string) => ['rules', 'one', ref] as const,
  enforcements: ['rule-enforcements'] as const,
}

export const triggerKeys = {
  types: ['trigger-types'] as const,
  triggers: ['triggers'] as const,
  sensors: ['sensor-types'] as const,
  instances: ['trigger-instances'] as const,
  instance: (id: string) => ['trigger-instances', 'one', id] as const,
}

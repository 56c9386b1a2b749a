import type { OptionSpec } from '../shell/command-spec.ts'
import { PACK_FILTER, type ResourceSpec } from '../resource/resource-spec.ts'

/** Resources with generic commands. @source cli.md 7 */
export const ACTIONS: ResourceSpec = {
  group: 'action',
  summary: 'What can be run: commands, scripts, requests, workflows.',
  path: 'actions',
  displayName: 'Action',
  pluralName: 'Actions',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'create', 'update', 'enable', 'disable'],
  listAttributes: ['ref', 'pack', 'description'],
  filters: [PACK_FILTER],
  getOrder: ['id', 'uid', 'ref', 'pack', 'name', 'description', 'enabled', 'entry_point', 'runner_type', 'parameters'],
}

export const RUNNERS: ResourceSpec = {
  group: 'runner',
  summary: 'How a kind of action is run.',
  path: 'runnertypes',
  displayName: 'Runner',
  pluralName: 'Runners',
  key: 'name_or_id',
  verbs: ['list', 'get', 'enable', 'disable'],
  listAttributes: ['id', 'name', 'description'],
}

export const PACKS: ResourceSpec = {
  group: 'pack',
  summary: 'Actions, rules, sensors and more that belong together.',
  path: 'packs',
  displayName: 'Pack',
  pluralName: 'Packs',
  key: 'ref',
  verbs: ['list', 'get'],
  listAttributes: ['ref', 'name', 'description', 'version', 'author'],
  getAttributes: ['name', 'version', 'author', 'email', 'keywords', 'description'],
  getOrder: ['name', 'version', 'author', 'email', 'keywords', 'description'],
}

const TIMESTAMP_OPTIONS = (gt: string, lt: string, what: string): readonly OptionSpec[] => [
  {
    name: gt,
    flags: ['-tg', '--timestamp-gt'],
    takes: 'one',
    help: `Only those with ${what} after this time, such as 2000-01-01T12:00:00.000Z.`,
  },
  {
    name: lt,
    flags: ['-tl', '--timestamp-lt'],
    takes: 'one',
    help: `Only those with ${what} before this time, such as 2000-01-01T12:00:00.000Z.`,
  },
]

/** `list` has options that exclude each other, and stands in the group. */
export const RULES: ResourceSpec = {
  group: 'rule',
  summary: 'What is done when something happens: trigger, criteria, action.',
  path: 'rules',
  displayName: 'Rule',
  pluralName: 'Rules',
  key: 'ref_or_id',
  verbs: ['get', 'create', 'update', 'delete', 'enable', 'disable'],
  listAttributes: ['ref', 'pack', 'description', 'enabled'],
  getOrder: ['id', 'uid', 'ref', 'pack', 'name', 'description', 'enabled'],
}

const ENFORCEMENT_GET_ATTRIBUTES = [
  'id',
  'rule.ref',
  'trigger_instance_id',
  'execution_id',
  'failure_reason',
  'enforced_at',
]

export const RULE_ENFORCEMENTS: ResourceSpec = {
  group: 'rule-enforcement',
  summary: 'Times when a rule matched, and what came of it.',
  path: 'ruleenforcements',
  displayName: 'Rule Enforcement',
  pluralName: 'Rule Enforcements',
  key: 'id',
  verbs: ['list', 'get'],
  listAttributes: ['id', 'rule.ref', 'trigger_instance_id', 'execution_id', 'enforced_at'],
  filters: [
    { name: 'trigger_instance', flags: ['--trigger-instance'], takes: 'one', help: 'Only those of this event.' },
    { name: 'execution', flags: ['--execution'], takes: 'one', help: 'Only the one that made this execution.' },
    { name: 'rule_ref', flags: ['--rule'], takes: 'one', help: 'Only those of this rule.' },
    ...TIMESTAMP_OPTIONS('enforced_at_gt', 'enforced_at_lt', 'enforced_at'),
  ],
  recent: { singular: 'rule enforcement', plural: 'rule enforcements', newestLast: 'structured', times: [] },
  getAttributes: ENFORCEMENT_GET_ATTRIBUTES,
  getOrder: ENFORCEMENT_GET_ATTRIBUTES,
}

/** NOTE: to the command line a trigger is a trigger type. */
export const TRIGGERS: ResourceSpec = {
  group: 'trigger',
  summary: 'Kinds of events that rules can listen to.',
  path: 'triggertypes',
  displayName: 'Trigger',
  pluralName: 'Triggers',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  listAttributes: ['ref', 'pack', 'description'],
  filters: [PACK_FILTER],
  getOrder: ['id', 'ref', 'pack', 'name', 'description', 'parameters_schema', 'payload_schema'],
}

export const TRIGGER_INSTANCES: ResourceSpec = {
  group: 'trigger-instance',
  summary: 'Events that happened.',
  path: 'triggerinstances',
  displayName: 'Trigger Instance',
  pluralName: 'TriggerInstances',
  key: 'id',
  verbs: ['list', 'get'],
  listAttributes: ['id', 'trigger', 'occurrence_time', 'status'],
  filters: [
    { name: 'trigger', flags: ['--trigger'], takes: 'one', help: 'Only those of this trigger.' },
    ...TIMESTAMP_OPTIONS('timestamp_gt', 'timestamp_lt', 'occurrence_time'),
    {
      name: 'status',
      flags: ['--status'],
      takes: 'one',
      help: 'Only those in this status: pending, processing, processed or processing_failed.',
    },
  ],
  recent: {
    singular: 'triggerinstance',
    plural: 'triggerinstances',
    newestLast: 'everywhere',
    times: ['occurrence_time'],
  },
  getOrder: ['id', 'trigger', 'occurrence_time', 'payload'],
}

export const SENSORS: ResourceSpec = {
  group: 'sensor',
  summary: 'Programs of packs that watch for events.',
  path: 'sensortypes',
  displayName: 'Sensor',
  pluralName: 'Sensors',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'enable', 'disable'],
  listAttributes: ['ref', 'pack', 'description', 'enabled'],
  filters: [PACK_FILTER],
  getOrder: ['id', 'uid', 'ref', 'pack', 'name', 'enabled', 'entry_point', 'artifact_uri', 'trigger_types'],
}

export const TIMERS: ResourceSpec = {
  group: 'timer',
  summary: 'Triggers that fire by the clock.',
  path: 'timers',
  displayName: 'Timer',
  pluralName: 'Timers',
  key: 'name_or_id',
  verbs: ['list', 'get'],
  listAttributes: ['id', 'uid', 'pack', 'name', 'type', 'parameters'],
  filters: [
    {
      name: 'timer_type',
      flags: ['-ty', '--timer-type'],
      takes: 'one',
      help: 'Only those of this type: core.st2.IntervalTimer, core.st2.DateTimer or core.st2.CronTimer.',
    },
  ],
  getOrder: ['type', 'pack', 'name', 'description', 'parameters'],
}

/** `list` shows where they answer, and stands in the group. */
export const WEBHOOKS: ResourceSpec = {
  group: 'webhook',
  summary: 'Triggers that requests fire.',
  path: 'webhooks',
  displayName: 'Webhook',
  pluralName: 'Webhooks',
  key: 'url',
  verbs: ['get'],
  listAttributes: ['url', 'type', 'description'],
  getOrder: ['type', 'description'],
}

export const POLICIES: ResourceSpec = {
  group: 'policy',
  summary: 'How often actions may run at once, and when they run again.',
  path: 'policies',
  displayName: 'Policy',
  pluralName: 'Policies',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  listAttributes: ['ref', 'resource_ref', 'policy_type', 'enabled'],
  filters: [
    PACK_FILTER,
    { name: 'resource_ref', flags: ['-r', '--resource-ref'], takes: 'one', help: 'Only those of this action.' },
    { name: 'policy_type', flags: ['-pt', '--policy-type'], takes: 'one', help: 'Only those of this type.' },
  ],
  getOrder: ['id', 'ref', 'pack', 'name', 'description', 'enabled', 'resource_ref', 'policy_type', 'parameters'],
}

export const POLICY_TYPES: ResourceSpec = {
  group: 'policy-type',
  summary: 'Kinds of policies.',
  path: 'policytypes',
  displayName: 'Policy type',
  pluralName: 'Policy types',
  key: 'ref_or_id',
  verbs: ['list', 'get'],
  listAttributes: ['id', 'resource_type', 'name', 'description'],
  filters: [
    {
      name: 'resource_type',
      flags: ['-r', '--resource-type'],
      takes: 'one',
      help: 'Only those for this type of resource.',
    },
  ],
}

/** NOTE: `list` asks for all attributes, whichever are shown. @source cli.md 7.2 */
export const INQUIRIES: ResourceSpec = {
  group: 'inquiry',
  summary: 'Questions that executions wait for people to answer.',
  path: 'inquiries',
  displayName: 'Inquiry',
  pluralName: 'Inquiries',
  key: 'id',
  verbs: ['list', 'get'],
  listAttributes: ['id', 'roles', 'users', 'route', 'ttl'],
  recent: { singular: 'inquiries', plural: 'inquiries', newestLast: 'everywhere', times: [], asksFor: 'everything' },
  getAttributes: ['id', 'roles', 'users', 'route', 'ttl', 'schema'],
}

export const ACTION_ALIASES: ResourceSpec = {
  group: 'action-alias',
  summary: 'Sentences that run actions.',
  path: 'actionalias',
  displayName: 'Action Alias',
  pluralName: 'Action Aliases',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'create'],
  listAttributes: ['ref', 'pack', 'description', 'enabled'],
  filters: [PACK_FILTER],
  getOrder: ['id', 'ref', 'pack', 'name', 'description', 'enabled', 'action_ref', 'formats'],
}

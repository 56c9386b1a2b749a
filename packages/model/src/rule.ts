import { type Collection, text } from './collection.ts'
import type { FromSchema } from './from-schema.ts'
import { tagsSchema } from './tags.ts'
import type { TriggerInstanceView } from './trigger.ts'

/** Operators of criteria, as rules must spell them. Several names of one operator stand side by side. @source services.md 2.4 */
export const CRITERIA_OPERATORS = [
  'matchwildcard',
  'matchregex',
  'regex',
  'iregex',
  'eq',
  'equals',
  'neq',
  'nequals',
  'ieq',
  'iequals',
  'contains',
  'icontains',
  'ncontains',
  'incontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'lt',
  'lessthan',
  'gt',
  'greaterthan',
  'td_lt',
  'timediff_lt',
  'td_gt',
  'timediff_gt',
  'exists',
  'nexists',
  'inside',
  'in',
  'ninside',
  'nin',
  'search',
] as const

export type CriteriaOperator = (typeof CRITERIA_OPERATORS)[number]

/** One condition of a rule. */
export interface Criterion {
  readonly type: string
  readonly pattern: unknown
  /** Of `search`: any, all, any2any, all2any. */
  readonly condition?: string | undefined
}

export const RULE_TYPES = ['standard', 'backstop'] as const

const ruleTypeReferenceSchema = {
  type: 'object',
  properties: { ref: { type: 'string', required: true, enum: RULE_TYPES }, parameters: { type: 'object' } },
  additionalProperties: false,
} as const

const ruleActionSchema = {
  type: 'object',
  properties: {
    ref: { type: 'string', required: true },
    description: { type: 'string' },
    parameters: { type: 'object' },
  },
  additionalProperties: false,
} as const

/** A rule as its YAML file gives it; the API's bodies add `id`, `ref`, `uid`. @source packs-and-runners.md 1.9 */
export const ruleRequestSchema = {
  title: 'RuleRequest',
  type: 'object',
  properties: {
    id: { type: ['string', 'null'] },
    ref: { type: 'string' },
    uid: { type: 'string' },
    name: { type: 'string', required: true },
    pack: { type: 'string', default: 'default' },
    description: { type: 'string' },
    type: { ...ruleTypeReferenceSchema, default: { ref: 'standard', parameters: {} } },
    trigger: {
      type: 'object',
      required: true,
      properties: {
        type: { type: 'string', required: true },
        parameters: { type: 'object', default: {} },
        ref: { type: 'string' },
        description: { type: 'string' },
      },
      additionalProperties: true,
    },
    criteria: { type: 'object', default: {} },
    action: { ...ruleActionSchema, required: true },
    enabled: { type: 'boolean', default: false },
    context: { type: 'object' },
    tags: { ...tagsSchema, default: [] },
    metadata_file: { type: 'string', default: '' },
  },
  additionalProperties: false,
} as const

export type RuleRequest = FromSchema<typeof ruleRequestSchema>

/** A rule as it is stored: its trigger by ref, joined in views. `rev` counts its changes: what is compiled from it is kept by it. */
export interface Rule {
  readonly id: string
  readonly rev: number
  readonly uid: string
  readonly ref: string
  readonly name: string
  readonly pack: string
  readonly description?: string | undefined
  readonly type: { readonly ref: (typeof RULE_TYPES)[number]; readonly parameters: Record<string, unknown> }
  /** Ref of its trigger. */
  readonly trigger: string
  readonly criteria: Readonly<Record<string, Criterion>>
  readonly action: {
    readonly ref: string
    readonly description?: string | undefined
    readonly parameters: Record<string, unknown>
    /** Of a rule at rest: all of the parameters, enciphered, where some of those above are masked. */
    readonly sealed?: string | undefined
  }
  readonly enabled: boolean
  /** `user`: who wrote it last. */
  readonly context: Readonly<Record<string, unknown>>
  readonly tags: readonly { readonly name?: string | undefined; readonly value?: string | undefined }[]
  readonly metadata_file: string
}

/** A rule as the API shows it. @source rest-schemas.md 15 */
export const ruleSchema = {
  title: 'Rule',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    uid: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    description: { type: 'string' },
    type: { ...ruleTypeReferenceSchema, required: true },
    trigger: {
      type: ['object', 'string'],
      required: true,
      description: 'Type, parameters and ref of its trigger; the ref alone when the trigger is gone.',
    },
    criteria: { type: 'object', required: true },
    action: { ...ruleActionSchema, required: true },
    enabled: { type: 'boolean', required: true },
    context: { type: 'object' },
    tags: { ...tagsSchema, required: true },
    metadata_file: { type: 'string', required: true },
  },
} as const

/** A rule as the API shows it. The trigger is its ref alone when it is gone; views say what trigger and action are for. */
export interface RuleView extends Omit<Rule, 'rev' | 'trigger'> {
  readonly trigger:
    | string
    | {
        readonly type: string
        readonly ref: string
        readonly parameters: Record<string, unknown>
        readonly description?: string | undefined
      }
}

export const rules: Collection<Rule> = {
  name: 'rule',
  fields: {
    ref: text('ref'),
    pack: text('pack'),
    name: text('name'),
    action: text('action.ref'),
    trigger: text('trigger'),
  },
  indexes: [
    { fields: ['pack', 'name'], unique: true },
    { fields: ['ref'], unique: true },
    { fields: ['trigger'] },
    { fields: ['action'] },
  ],
}

/** @source rest-schemas.md 15 */
export const ruleTypeSchema = {
  title: 'RuleType',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    name: { type: 'string', required: true },
    description: { type: 'string', required: true },
    enabled: { type: 'boolean', required: true },
    parameters: { type: 'object', required: true },
  },
} as const

export type RuleType = Readonly<FromSchema<typeof ruleTypeSchema>>

export const ruleTypes: Collection<RuleType> = {
  name: 'rule_type',
  fields: { name: text('name') },
  indexes: [{ fields: ['name'], unique: true }],
}

/** One firing of a rule, or one failure to match or fire. Falsy fields are left out. @source rest-schemas.md 16 */
export const ruleEnforcementSchema = {
  title: 'RuleEnforcement',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    trigger_instance_id: { type: 'string', required: true },
    execution_id: { type: 'string', description: 'Absent when it failed.' },
    failure_reason: { type: 'string' },
    rule: {
      type: 'object',
      required: true,
      properties: {
        id: { type: 'string', required: true },
        ref: { type: 'string', required: true },
        uid: { type: 'string', required: true },
      },
    },
    enforced_at: { type: 'string', format: 'date-time', required: true },
    status: { type: 'string', enum: ['succeeded', 'failed'], required: true },
  },
} as const

/** An enforcement with what it joins; `{}` for what is gone. */
export const ruleEnforcementViewSchema = {
  ...ruleEnforcementSchema,
  title: 'RuleEnforcementView',
  properties: {
    ...ruleEnforcementSchema.properties,
    trigger_instance: { type: 'object', required: true },
    execution: {
      type: 'object',
      required: true,
      properties: {
        id: { type: 'string' },
        status: { type: 'string' },
        start_timestamp: { type: 'string', format: 'date-time' },
        parameters: { type: 'object' },
        action: {
          type: 'object',
          properties: { ref: { type: 'string', required: true }, parameters: { type: 'object', required: true } },
        },
        runner: {
          type: 'object',
          properties: {
            name: { type: 'string', required: true },
            runner_parameters: { type: 'object', required: true },
          },
        },
      },
    },
  },
} as const

export type RuleEnforcementView = Readonly<Omit<FromSchema<typeof ruleEnforcementViewSchema>, 'trigger_instance'>> & {
  readonly trigger_instance: Partial<TriggerInstanceView>
}

/** As stored. The id is made from the rule, its revision and the instance: one rule fires once for one event. */
export type RuleEnforcement = Readonly<FromSchema<typeof ruleEnforcementSchema>>

/** Lists are ordered by enforced_at, newest first, so each filter's index ends with it. */
export const ruleEnforcements: Collection<RuleEnforcement> = {
  name: 'rule_enforcement',
  fields: {
    trigger_instance: text('trigger_instance_id'),
    execution: text('execution_id'),
    rule_id: text('rule.id'),
    rule_ref: text('rule.ref'),
    enforced_at: text('enforced_at'),
    status: text('status'),
  },
  indexes: [
    { fields: ['enforced_at'] },
    { fields: ['trigger_instance', 'enforced_at'] },
    { fields: ['execution'], sparse: 'execution' },
    { fields: ['rule_id', 'enforced_at'] },
    { fields: ['rule_ref', 'enforced_at'] },
  ],
  counted: { values: ['rule_ref', 'status'], presence: [] },
}

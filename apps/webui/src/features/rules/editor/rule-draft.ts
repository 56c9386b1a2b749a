/** A rule while it is edited: between what the server stores, the form, and the text beside it. Pure. */
import { MASK, type ParameterSchemas, type RuleRequest, ruleRequestSchema } from '@st2/model'
import { isSchema, validate } from '@st2/schema'
import {
  entryOf,
  type FieldEntry,
  fieldsOf,
  type FormEntries,
  readForm,
} from '../../../widgets/auto-form/form-model.ts'
import { isRecord, type JsonRecord } from '../../../widgets/json-record.ts'
import { type CriterionDraft, type CriterionErrors, draftCriteria, readCriteria } from './criteria-draft.ts'

/** A trigger type or an action, with the parameters given to it. */
export interface ChoiceDraft {
  readonly ref: string
  readonly values: JsonRecord
  /** What was typed over the values. */
  readonly typed: FormEntries
}

export interface TagDraft {
  readonly name: string
  readonly value: string
}

export interface RuleDraft {
  readonly name: string
  readonly pack: string
  readonly description: string
  readonly enabled: boolean
  readonly type: 'standard' | 'backstop'
  readonly tags: readonly TagDraft[]
  readonly trigger: ChoiceDraft
  readonly criteria: readonly CriterionDraft[]
  readonly action: ChoiceDraft
  /** Parts that nobody edits here: context, the file it comes from, parameters of its type. */
  readonly kept: Pick<RuleRequest, 'context' | 'metadata_file'> & { readonly typeParameters: JsonRecord }
}

/** What trigger type and action take; null while that is not known. */
export interface RuleSchemas {
  readonly trigger: ParameterSchemas | null
  readonly action: ParameterSchemas | null
}

export interface RuleErrors {
  readonly name?: string
  readonly pack?: string
  readonly trigger?: string
  readonly action?: string
  readonly triggerParameters: Readonly<Record<string, string>>
  readonly actionParameters: Readonly<Record<string, string>>
  readonly criteria: ReadonlyMap<string, CriterionErrors>
}

export interface ReadRule {
  readonly request: RuleRequest
  readonly errors: RuleErrors
  /** Names of what is to be corrected, in the order of the form. */
  readonly wrong: readonly string[]
}

const NO_CHOICE: ChoiceDraft = { ref: '', values: {}, typed: {} }

export const EMPTY_RULE: RuleDraft = {
  name: '',
  pack: 'default',
  description: '',
  enabled: true,
  type: 'standard',
  tags: [],
  trigger: NO_CHOICE,
  criteria: [],
  action: NO_CHOICE,
  kept: { typeParameters: {} },
}

export function choose(ref: string): ChoiceDraft {
  return { ...NO_CHOICE, ref }
}

export function draftRule(rule: RuleRequest): RuleDraft {
  return {
    name: rule.name,
    pack: rule.pack ?? 'default',
    description: rule.description ?? '',
    enabled: rule.enabled ?? false,
    type: rule.type?.ref ?? 'standard',
    tags: (rule.tags ?? []).map(({ name = '', value = '' }) => ({ name, value })),
    trigger: { ...choose(rule.trigger.type), values: rule.trigger.parameters ?? {} },
    criteria: draftCriteria(rule.criteria ?? {}),
    action: { ...choose(rule.action.ref), values: rule.action.parameters ?? {} },
    kept: {
      typeParameters: rule.type?.parameters ?? {},
      ...(rule.context === undefined ? {} : { context: rule.context }),
      ...(rule.metadata_file === undefined ? {} : { metadata_file: rule.metadata_file }),
    },
  }
}

export function readRule(draft: RuleDraft, schemas: RuleSchemas): ReadRule {
  const trigger = readChoice(draft.trigger, schemas.trigger)
  const action = readChoice(draft.action, schemas.action)
  const { criteria, errors: criteriaErrors } = readCriteria(draft.criteria)
  const { typeParameters, ...kept } = draft.kept
  const name = draft.name.trim()
  const pack = draft.pack.trim()
  const request: RuleRequest = {
    name,
    pack: pack === '' ? 'default' : pack,
    ...(draft.description.trim() === '' ? {} : { description: draft.description.trim() }),
    enabled: draft.enabled,
    type: { ref: draft.type, parameters: { ...typeParameters } },
    trigger: { type: draft.trigger.ref.trim(), parameters: trigger.values },
    criteria,
    action: { ref: draft.action.ref.trim(), parameters: action.values },
    tags: draft.tags
      .filter((tag) => tag.name.trim() !== '')
      .map(({ name: tag, value }) => ({ name: tag.trim(), value })),
    ...kept,
  }
  const errors: RuleErrors = {
    ...(/^[\w.-]+$/.test(name)
      ? {}
      : { name: name === '' ? 'A rule needs a name.' : 'Letters, digits, _ . and - only.' }),
    ...(pack === '' || /^[\w.-]+$/.test(pack) ? {} : { pack: 'Letters, digits, _ . and - only.' }),
    ...(request.trigger.type === '' ? { trigger: 'Which event does it listen to?' } : {}),
    ...(request.action.ref === '' ? { action: 'What shall it run?' } : {}),
    triggerParameters: trigger.errors,
    actionParameters: action.errors,
    criteria: criteriaErrors,
  }
  return { request, errors, wrong: wrongParts(errors) }
}

function wrongParts(errors: RuleErrors): string[] {
  return [
    ...(['name', 'pack', 'trigger'] as const).filter((part) => errors[part] !== undefined),
    ...Object.keys(errors.triggerParameters),
    ...(errors.criteria.size > 0 ? ['criteria'] : []),
    ...(errors.action === undefined ? [] : ['action']),
    ...Object.keys(errors.actionParameters),
  ]
}

interface ReadChoice {
  readonly values: Record<string, unknown>
  readonly errors: Readonly<Record<string, string>>
}

function readChoice(choice: ChoiceDraft, schemas: ParameterSchemas | null): ReadChoice {
  if (schemas === null) return { values: { ...choice.values }, errors: {} }
  const fields = fieldsOf(schemas)
  const names = new Set(fields.map(({ name }) => name))
  const kept = keptSecrets(choice, schemas)
  const { values, errors } = readForm(fields, entriesOf(choice, schemas), new Set(kept))
  // What nobody touched stays as it is, whatever type a form would read from its text.
  const others = Object.entries(choice.values).filter(
    ([name]) => !names.has(name) || !Object.hasOwn(choice.typed, name),
  )
  const secrets = kept.map((name) => [name, MASK])
  return { values: { ...values, ...Object.fromEntries([...others, ...secrets]) }, errors }
}

/** The texts of a form's fields. A secret that the server keeps is an empty one. */
export function entriesOf(choice: ChoiceDraft, schemas: ParameterSchemas): FormEntries {
  const entries = fieldsOf(schemas).map((field): [string, FieldEntry] => {
    const value = choice.values[field.name]
    return [field.name, choice.typed[field.name] ?? entryOf(field, field.secret && value === MASK ? undefined : value)]
  })
  return Object.fromEntries(entries)
}

/** Parameters whose value only the server knows, and that nothing was typed over. */
export function keptSecrets(choice: ChoiceDraft, schemas: ParameterSchemas): string[] {
  return Object.keys(schemas).filter(
    (name) =>
      schemas[name]?.secret === true && choice.values[name] === MASK && (choice.typed[name]?.text ?? '').trim() === '',
  )
}

/** Parameters that are given although nothing declares them. */
export function undeclared(choice: ChoiceDraft, schemas: ParameterSchemas): string[] {
  return Object.keys(choice.values).filter((name) => !Object.hasOwn(schemas, name))
}

export type Rewritten =
  | { readonly kind: 'draft'; readonly draft: RuleDraft }
  | { readonly kind: 'wrong'; readonly reason: string }

/** The draft that a rewritten file means. What is masked in it stays what it was. */
export function rewrittenRule(value: unknown, before: RuleDraft, schemas: RuleSchemas): Rewritten {
  if (!isRecord(value)) return { kind: 'wrong', reason: 'A rule is a mapping: name, trigger, action …' }
  const reason = shapeError(value)
  if (reason !== null) return { kind: 'wrong', reason }
  const draft = draftRule(value as RuleRequest) // its shape was validated above
  return {
    kind: 'draft',
    draft: {
      ...draft,
      action: keepMasked(draft.action, before.action, schemas.action),
      kept: { ...before.kept, ...draft.kept, typeParameters: draft.kept.typeParameters },
    },
  }
}

function shapeError(value: JsonRecord): string | null {
  const schema: object = ruleRequestSchema
  if (isSchema(schema)) {
    const failure = validate(schema, value)[0]
    if (failure !== undefined)
      return failure.path.length === 0 ? failure.message : `${failure.path.join('.')}: ${failure.message}`
  }
  const { criteria } = value
  const wrong = Object.entries(isRecord(criteria) ? criteria : {}).find(([, criterion]) => !isRecord(criterion))
  return wrong === undefined ? null : `criteria.${wrong[0]}: needs a type and a pattern`
}

function keepMasked(choice: ChoiceDraft, before: ChoiceDraft, schemas: ParameterSchemas | null): ChoiceDraft {
  if (schemas === null || choice.ref !== before.ref) return choice
  const secrets = Object.keys(choice.values).filter(
    (name) => schemas[name]?.secret === true && choice.values[name] === MASK,
  )
  return {
    ...choice,
    values: {
      ...choice.values,
      ...Object.fromEntries(secrets.flatMap((name) => (name in before.values ? [[name, before.values[name]]] : []))),
    },
    typed: Object.fromEntries(
      secrets.flatMap((name) => (before.typed[name] === undefined ? [] : [[name, before.typed[name]]])),
    ),
  }
}

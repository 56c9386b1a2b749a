import './editor.css'
import { ApiError } from '@st2/client'
import type { ParameterSchemas, RuleView } from '@st2/model'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { actionList, actionMetadata, actionOverview } from '../../../api/actions.ts'
import { api } from '../../../api/client.ts'
import { ruleKeys, triggerKeys } from '../../../api/event-keys.ts'
import { packList } from '../../../api/packs.ts'
import type { RuleFilters } from '../../../api/rule-filters.ts'
import { ruleRequestOf } from '../../../api/rules.ts'
import { triggerInstanceDetails, triggerTypeList } from '../../../api/triggers.ts'
import { paths } from '../../../paths.ts'
import { AppLink, useGo } from '../../../shell/AppLink.tsx'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Combobox } from '../../../ui/Combobox.tsx'
import { copyText } from '../../../ui/copy.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState, Kbd, Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { toast } from '../../../ui/Toasts.tsx'
import { useMedia } from '../../../ui/use-media.ts'
import { describeTrigger } from '../../../widgets/rules/describe-trigger.ts'
import { type EventField, eventFields, parameterSchemasOf } from '../../../widgets/rules/event-schema.ts'
import { WebhookAddress } from '../../../widgets/rules/WebhookAddress.tsx'
import { TryPanel } from '../TryPanel.tsx'
import { ChoiceFields } from './ChoiceFields.tsx'
import { CriteriaEditor } from './CriteriaEditor.tsx'
import {
  choose,
  draftRule,
  EMPTY_RULE,
  type ReadRule,
  readRule,
  rewrittenRule,
  type RuleDraft,
  type RuleErrors,
  shownRule,
} from './rule-draft.ts'
import { ruleText } from './rule-text.ts'
import { type ServerFault, serverFault } from './server-fault.ts'
import { TagsEditor } from './TagsEditor.tsx'
import { YamlPane } from './YamlPane.tsx'

interface RuleEditorProps {
  /** null: a new one. */
  readonly ruleRef: string | null
  /** What a new rule begins with. */
  readonly filters: RuleFilters
}

/** Loaded once: what somebody edits does not change under their hands. */
function editedRule(ref: string) {
  return queryOptions({
    queryKey: ['rule-edit', ref],
    queryFn: ({ signal }) => api().rules.get(ref, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

export function RuleEditor({ ruleRef, filters }: RuleEditorProps) {
  const stored = useQuery({ ...editedRule(ruleRef ?? ''), enabled: ruleRef !== null })
  if (ruleRef === null) return <EditorForm filters={filters} start={startOf(filters)} stored={null} />
  if (stored.error instanceof ApiError && stored.error.status === 404)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.rules()}>
            All rules
          </AppLink>
        }
        icon="search"
        title="There is no such rule"
      >
        It was deleted or renamed. <span className="mono">{ruleRef}</span>
      </EmptyState>
    )
  if (stored.isError)
    return (
      <div className="card-body">
        <ProblemNotice error={stored.error} retry={() => void stored.refetch()} />
      </div>
    )
  if (stored.isPending)
    return (
      <div className="card-body">
        <Skeleton widths={[30, 60, 24, 60, 36, 60]} />
      </div>
    )
  return <EditorForm filters={filters} start={draftRule(ruleRequestOf(stored.data))} stored={stored.data} />
}

function startOf({ pack, trigger, action }: RuleFilters): RuleDraft {
  return {
    ...EMPTY_RULE,
    ...(pack === '' ? {} : { pack }),
    trigger: choose(trigger),
    action: choose(action),
  }
}

interface EditorFormProps {
  readonly start: RuleDraft
  readonly stored: RuleView | null
  readonly filters: RuleFilters
}

/** Somebody stored the rule while it was edited here. */
class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

type Side = 'form' | 'yaml' | 'try'

const SIDES: readonly Choice<Side>[] = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
  { value: 'try', label: 'Try it' },
]

/** Room for the form and something beside it. */
const WIDE = '(min-width: 980px)'

const NO_SCHEMAS: ParameterSchemas = {}

function EditorForm(props: EditorFormProps) {
  const { filters } = props
  // As they were when the form opened.
  const [start] = useState(props.start)
  const [stored] = useState(props.stored)
  const go = useGo()
  const cache = useQueryClient()
  const formElement = useRef<HTMLFormElement>(null)
  const isDone = useRef(false)
  const [draft, setDraft] = useState(start)
  const [side, setSide] = useState<Side>('form')
  const isWide = useMedia(WIDE)
  // Beside the form stands the text, until somebody wants to try.
  const shownSide = isWide && side === 'form' ? 'yaml' : side
  const [tried, setTried] = useState(false)
  const [fault, setFault] = useState<ServerFault | null>(null)
  const known = useKnown(draft)
  const read = useMemo(() => readRule(draft, known.schemas), [draft, known.schemas])
  const isDirty = draft !== start
  const change = (part: Partial<RuleDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setFault(null)
  }

  const save = useMutation({
    mutationFn: async (mode: 'careful' | 'over') => {
      if (stored === null) return api().rules.create(read.request)
      const now = await api().rules.get(stored.id)
      if (mode === 'careful' && JSON.stringify(now) !== JSON.stringify(stored)) throw new ChangedMeanwhile()
      return api().rules.update(stored.id, read.request)
    },
    onSuccess: async (rule) => {
      isDone.current = true
      toast('ok', stored === null ? `The rule ${rule.ref} was created.` : `The rule ${rule.ref} was saved.`)
      await Promise.all([
        cache.invalidateQueries({ queryKey: ruleKeys.all }),
        cache.invalidateQueries({ queryKey: triggerKeys.triggers }),
      ])
      // A list that is filtered by something else would not show it.
      go(paths.rule(rule.ref))
    },
    onError: (error) => {
      if (error instanceof ChangedMeanwhile || (error instanceof ApiError && error.status === 401)) return
      setFault(serverFault(error, read.request))
    },
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (read.wrong.length === 0 && !save.isPending) save.mutate('careful')
    else {
      setSide('form')
      queueMicrotask(() => formElement.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    }
  }
  const back = stored === null ? paths.rules(filters) : paths.rule(stored.ref, 'general', filters)
  const title = stored === null ? 'New rule' : `Edit ${stored.ref}`

  return (
    <form
      aria-label={title}
      className="editor"
      data-side={shownSide}
      data-wide={isWide || undefined}
      noValidate
      onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
      onSubmit={submit}
      ref={formElement}
    >
      <header className="editor-head">
        <AppLink aria-label="Back without saving" className="btn" data-icon-only="" data-look="plain" to={back}>
          <Icon name="back" />
        </AppLink>
        <h2 className="truncate grow detail-ref">{title}</h2>
        <Segmented choices={isWide ? SIDES.slice(1) : SIDES} label="View" onChange={setSide} value={shownSide} />
      </header>
      <div className="editor-body">
        <div className="editor-form">
          <div className="stack editor-column">
            <Problems
              fault={fault}
              isChanged={save.error instanceof ChangedMeanwhile}
              onOverwrite={() => save.mutate('over')}
              rule={stored}
            />
            <FormParts change={change} draft={draft} errors={shownErrors(read, tried, fault, draft)} known={known} />
          </div>
        </div>
        <div className="editor-side">
          {shownSide === 'try' ? (
            <TryPanel
              key={draft.trigger.ref}
              payloadSchema={known.payloadSchema}
              test={async ({ payload, trigger_instance: id }) => {
                // A trigger that is not stored has no events; one of its type stands for them.
                const event = id === undefined ? payload : (await cache.fetchQuery(triggerInstanceDetails(id))).payload
                return api().rules.testDefinition(read.request, { payload: event })
              }}
              trigger={known.isTriggerKnown ? { trigger_type: draft.trigger.ref } : {}}
            />
          ) : (
            <YamlPane
              onRewrite={(value) => {
                const rewritten = rewrittenRule(value, draft, known.schemas)
                if (rewritten.kind === 'wrong') return rewritten.reason
                change(rewritten.draft)
                return null
              }}
              text={ruleText(shownRule(read.request, known.schemas))}
            />
          )}
        </div>
      </div>
      <footer className="pane-foot">
        <span className="grow" role="status">
          {tried && read.wrong.length > 0
            ? `To be corrected: ${read.wrong.join(', ')}`
            : isDirty
              ? 'Not saved yet'
              : ''}
        </span>
        <span className="hint-keys">
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
        </span>
        <AppLink className="btn" to={back}>
          Cancel
        </AppLink>
        <Button
          busy={save.isPending}
          data-test={stored === null ? 'rule_create_submit' : 'rule_save_submit'}
          icon="check"
          look="primary"
          type="submit"
        >
          {stored === null ? 'Create' : 'Save'}
        </Button>
      </footer>
      <LeaveGuard isNeeded={() => isDirty && !isDone.current} />
    </form>
  )
}

/** What the server knows about the chosen trigger type and action. */
function useKnown(draft: RuleDraft) {
  const types = useQuery(triggerTypeList()).data
  const actions = useQuery(actionList()).data?.items
  const packs = useQuery(packList()).data?.items
  const triggerType = types?.find(({ ref }) => ref === draft.trigger.ref)
  const isActionKnown = actions?.some(({ ref }) => ref === draft.action.ref) ?? false
  const overview = useQuery({ ...actionOverview(draft.action.ref), enabled: isActionKnown }).data
  const metadata = useQuery({ ...actionMetadata(draft.action.ref), enabled: isActionKnown }).data
  const schemas = useMemo(
    () => ({
      trigger: triggerType === undefined ? null : parameterSchemasOf(triggerType.parameters_schema),
      action: isActionKnown ? (overview?.parameters ?? null) : null,
    }),
    [triggerType, overview, isActionKnown],
  )
  const fields = useMemo(() => eventFields(triggerType?.payload_schema ?? {}), [triggerType])
  const own = useMemo(() => metadata && new Set(Object.keys(metadata.parameters)), [metadata])
  return {
    types,
    actions,
    packs,
    schemas,
    fields,
    ownParameters: own,
    triggerAbout: triggerType?.description,
    actionAbout: overview?.description,
    payloadSchema: triggerType?.payload_schema,
    isTriggerKnown: triggerType !== undefined,
    isActionKnown,
  }
}

type Known = ReturnType<typeof useKnown>

/** Errors of an attempt to save, and what the server said about it. */
function shownErrors(read: ReadRule, tried: boolean, fault: ServerFault | null, draft: RuleDraft): RuleErrors {
  const none: RuleErrors = { triggerParameters: {}, actionParameters: {}, criteria: new Map() }
  const errors = tried ? read.errors : none
  if (fault === null) return errors
  const { place, text } = fault
  if (place.part === 'name' || place.part === 'trigger' || place.part === 'action')
    return { ...errors, [place.part]: text }
  if (place.part === 'triggerParameter')
    return { ...errors, triggerParameters: { ...errors.triggerParameters, [place.name]: text } }
  if (place.part !== 'criterion') return errors
  const path = place.key.replace(/#.*$/, '')
  const row = draft.criteria.find(({ key }) => key.trim().replace(/#.*$/, '') === path)
  return row === undefined
    ? errors
    : { ...errors, criteria: new Map([...errors.criteria, [row.id, { pattern: text }]]) }
}

interface ProblemsProps {
  readonly fault: ServerFault | null
  readonly isChanged: boolean
  readonly rule: RuleView | null
  readonly onOverwrite: () => void
}

function Problems({ fault, isChanged, rule, onOverwrite }: ProblemsProps) {
  return (
    <>
      {fault?.place.part === 'general' && <Notice tone="bad">It was not saved. {fault.text}</Notice>}
      {isChanged && rule !== null && (
        <Notice
          action={
            <Button data-test="rule_overwrite" onClick={onOverwrite} size="s">
              Save over it
            </Button>
          }
          tone="warn"
        >
          <strong>Somebody else changed this rule meanwhile.</strong> Look at{' '}
          <a href={`#${paths.rule(rule.ref, 'code')}`} rel="noopener" target="_blank">
            what it is now
          </a>{' '}
          before you save over it.
        </Notice>
      )}
    </>
  )
}

interface FormPartsProps {
  readonly draft: RuleDraft
  readonly known: Known
  readonly errors: RuleErrors
  readonly change: (part: Partial<RuleDraft>) => void
}

function FormParts({ draft, known, errors, change }: FormPartsProps) {
  return (
    <>
      <div className="editor-names">
        <Field error={errors.name} label="Name" required>
          {(control) => (
            <input
              {...control}
              className="input mono"
              data-test="rule_create_name"
              onChange={(event) => change({ name: event.target.value })}
              placeholder="restart_when_down"
              spellCheck={false}
              value={draft.name}
            />
          )}
        </Field>
        <Field error={errors.pack} label="Pack">
          {(control) => (
            <Combobox
              control={control}
              label="Packs"
              onChange={(pack) => change({ pack })}
              options={(known.packs ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
              placeholder="default"
              testId="rule_create_pack"
              value={draft.pack}
            />
          )}
        </Field>
      </div>
      <Field label="Description">
        {(control) => (
          <textarea
            {...control}
            className="input"
            data-test="rule_create_description"
            onChange={(event) => change({ description: event.target.value })}
            rows={1}
            value={draft.description}
          />
        )}
      </Field>
      <div className="row">
        <Switch
          label="Enabled"
          on={draft.enabled}
          onChange={(enabled) => change({ enabled })}
          testId="rule_create_enabled"
        />
        <span aria-hidden="true">
          {draft.enabled ? 'Enabled: it fires as soon as it is saved' : 'Disabled: events pass it by'}
        </span>
      </div>
      <TriggerPart change={change} draft={draft} errors={errors} known={known} />
      <section aria-label="Criteria" className="editor-part" data-test="rule_create_criteria">
        <h3>
          <span className="if-then-word">If</span> all of these hold
        </h3>
        <CriteriaEditor
          errors={errors.criteria}
          fields={known.fields.map(({ path, type, description }) => ({
            value: path,
            detail: [type, description].filter(Boolean).join(' — '),
          }))}
          onChange={(criteria) => change({ criteria })}
          rows={draft.criteria}
          scope="trigger"
        />
      </section>
      <ActionPart change={change} draft={draft} errors={errors} known={known} />
      <section aria-label="More" className="editor-part">
        <Field
          help={
            draft.type === 'backstop'
              ? 'Fires only when no standard rule matched the event.'
              : 'Fires whenever its criteria hold.'
          }
          label="Type"
        >
          {(control) => (
            <div>
              <Segmented
                choices={[
                  { value: 'standard', label: 'standard' },
                  { value: 'backstop', label: 'backstop' },
                ]}
                describedBy={control['aria-describedby']}
                id={control.id}
                label="Type"
                onChange={(type) => change({ type })}
                value={draft.type}
              />
            </div>
          )}
        </Field>
        <TagsEditor onChange={(tags) => change({ tags })} tags={draft.tags} />
      </section>
    </>
  )
}

function TriggerPart({ draft, known, errors, change }: FormPartsProps) {
  const { trigger } = draft
  const isUnknown = trigger.ref.trim() !== '' && known.types !== undefined && !known.isTriggerKnown
  const { request } = readRule(draft, known.schemas)
  const words = describeTrigger(trigger.ref, request.trigger.parameters ?? {})
  const url = request.trigger.parameters?.['url']
  return (
    <section aria-label="Trigger" className="editor-part">
      <h3>
        <span className="if-then-word">When</span> this happens
      </h3>
      <Field
        error={errors.trigger}
        help={
          isUnknown
            ? 'This server knows no such trigger type yet.'
            : (known.triggerAbout ?? 'A webhook, a timer, or what a sensor of a pack sees.')
        }
        label="Trigger type"
        required
      >
        {(control) => (
          <Combobox
            control={control}
            label="Trigger types"
            onChange={(ref) => change({ trigger: choose(ref) })}
            options={(known.types ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
            placeholder="core.st2.webhook"
            testId="rule_create_trigger"
            value={trigger.ref}
          />
        )}
      </Field>
      {known.schemas.trigger !== null && Object.keys(known.schemas.trigger).length > 0 && (
        <div className="trigger-parameters">
          <ChoiceFields
            choice={trigger}
            errors={errors.triggerParameters}
            onChange={(next) => change({ trigger: next })}
            schemas={known.schemas.trigger}
          />
        </div>
      )}
      {known.isTriggerKnown && words.kind === 'timer' && (
        <p className="muted" data-test="trigger_words">
          Runs {words.text}.
        </p>
      )}
      {trigger.ref === 'core.st2.webhook' && typeof url === 'string' && url !== '' && <WebhookAddress url={url} />}
    </section>
  )
}

function ActionPart({ draft, known, errors, change }: FormPartsProps) {
  const { action } = draft
  const isUnknown = action.ref.trim() !== '' && known.actions !== undefined && !known.isActionKnown
  const isLoading = known.isActionKnown && known.schemas.action === null
  return (
    <section aria-label="Action" className="editor-part">
      <h3>
        <span className="if-then-word">Then</span> run this
      </h3>
      <Field
        error={errors.action}
        help={isUnknown ? 'This server knows no such action yet.' : (known.actionAbout ?? 'Any action of any pack.')}
        label="Action"
        required
      >
        {(control) => (
          <Combobox
            control={control}
            label="Actions"
            onChange={(ref) => change({ action: choose(ref) })}
            options={(known.actions ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
            placeholder="core.local"
            testId="rule_create_action"
            value={action.ref}
          />
        )}
      </Field>
      {known.schemas.action !== null && (
        <>
          {known.isTriggerKnown && <TemplateHelp fields={known.fields} />}
          <ChoiceFields
            choice={action}
            errors={errors.actionParameters}
            onChange={(next) => change({ action: next })}
            own={known.ownParameters}
            schemas={known.schemas.action ?? NO_SCHEMAS}
          />
        </>
      )}
      {isLoading && <Skeleton widths={[30, 100]} />}
    </section>
  )
}

/** Every field takes text from the event; which there is, is one step away. */
function TemplateHelp({ fields }: { readonly fields: readonly EventField[] }) {
  const example = fields.find(({ path }) => !path.includes('headers'))?.path ?? 'trigger.name'
  return (
    <details className="template-help">
      <summary>
        Every field also takes a template, as in <code>{`{{ ${example} }}`}</code>
      </summary>
      {fields.length === 0 ? (
        <p className="muted">This trigger type does not tell its fields. Look at an event of it to find them.</p>
      ) : (
        <ul className="template-fields">
          {fields.map(({ path, type, description }) => (
            <li className="row" key={path}>
              <Button
                aria-label={`Copy the template of ${path}`}
                icon="copy"
                look="plain"
                onClick={() => void copyText(`{{ ${path} }}`, 'Template')}
                size="s"
              />
              <code>{path}</code>
              <span className="muted truncate">{[type, description].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

/** Asks before what was typed is lost. */
function LeaveGuard({ isNeeded }: { readonly isNeeded: () => boolean }) {
  const blocker = useBlocker({ shouldBlockFn: isNeeded, enableBeforeUnload: isNeeded, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      foot={
        <>
          <Button data-autofocus="" onClick={blocker.reset}>
            Stay
          </Button>
          <Button data-test="leave_anyway" look="danger" onClick={blocker.proceed}>
            Leave
          </Button>
        </>
      }
      onClose={blocker.reset}
      title="Leave without saving?"
      width={440}
    >
      <p>What you changed in this rule is lost then.</p>
    </Dialog>
  )
}

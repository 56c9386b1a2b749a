import './editor.css'
import type { RuleView } from '@st2/model'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { api } from '../../../api/client.ts'
import type { RuleFilters } from '../../../api/rule-filters.ts'
import { triggerInstanceDetails } from '../../../api/triggers.ts'
import { paths } from '../../../paths.ts'
import { AppLink, useGo } from '../../../shell/AppLink.tsx'
import { LeaveGuard } from '../../../shell/LeaveGuard.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Kbd, Notice } from '../../../ui/Feedback.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { useMedia } from '../../../ui/use-media.ts'
import { TryPanel } from '../TryPanel.tsx'
import { FormParts } from './FormParts.tsx'
import { readRule, rewrittenRule, type RuleDraft } from './rule-draft.ts'
import { ruleText } from './rule-text.ts'
import type { ServerFault } from './server-fault.ts'
import { shownErrors } from './shown-errors.ts'
import { shownRule } from './shown-rule.ts'
import { useKnown } from './use-known.ts'
import { ChangedMeanwhile, useSaveRule } from './use-save-rule.ts'
import { YamlPane } from './YamlPane.tsx'

interface EditorFormProps {
  readonly start: RuleDraft
  readonly stored: RuleView | null
  readonly filters: RuleFilters
}

type Side = 'form' | 'yaml' | 'try'

const SIDES: readonly Choice<Side>[] = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
  { value: 'try', label: 'Try it' },
]

/** Room for the form and something beside it. */
const WIDE = '(min-width: 980px)'

/** One rule while it is written: as a form, as text, or on trial. */
export function EditorForm(props: EditorFormProps) {
  const { filters } = props
  // As they were when the form opened.
  const [start] = useState(props.start)
  const [stored] = useState(props.stored)
  const go = useGo()
  const cache = useQueryClient()
  const formElement = useRef<HTMLFormElement>(null)
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

  const { save, isStored } = useSaveRule({
    stored,
    request: read.request,
    // A list that is filtered by something else would not show it.
    onSaved: (rule) => go(paths.rule(rule.ref)),
    onRefused: setFault,
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
            <FormParts
              change={change}
              draft={draft}
              errors={shownErrors(read, tried, fault, draft)}
              known={known}
              request={read.request}
            />
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
      <LeaveGuard isNeeded={() => isDirty && !isStored()}>What you changed in this rule is lost then.</LeaveGuard>
    </form>
  )
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

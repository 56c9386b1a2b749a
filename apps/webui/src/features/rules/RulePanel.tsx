import { ApiError } from '@st2/client'
import type { RuleView } from '@st2/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { ruleKeys } from '../../api/event-keys.ts'
import { messageOf } from '../../api/problem.ts'
import type { RuleFilters } from '../../api/rule-filters.ts'
import { ruleDetails, ruleRequestOf } from '../../api/rules.ts'
import { paths, type RuleSection } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Tabs } from '../../shell/Tabs.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState, Notice, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ruleText } from './editor/rule-text.ts'
import { shownRule } from './editor/shown-rule.ts'
import { RuleEnforcements } from './RuleEnforcements.tsx'
import { RuleGeneral } from './RuleGeneral.tsx'
import { RuleSwitch } from './RuleSwitch.tsx'

interface RulePanelProps {
  readonly ruleRef: string
  readonly section: RuleSection
  readonly filters: RuleFilters
}

const TITLES: Readonly<Record<RuleSection, string>> = {
  general: 'General',
  enforcements: 'Enforcements',
  code: 'Code',
}

export function RulePanel({ ruleRef, section, filters }: RulePanelProps) {
  const details = useQuery(ruleDetails(ruleRef))
  const rule = details.data
  if (details.error instanceof ApiError && details.error.status === 404)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.rules(filters)}>
            Back to the list
          </AppLink>
        }
        icon="search"
        title="There is no such rule"
      >
        It was deleted or renamed, or its name is mistyped. <span className="mono">{ruleRef}</span>
      </EmptyState>
    )
  return (
    <>
      <Head filters={filters} rule={rule} ruleRef={ruleRef} />
      <Tabs
        current={section}
        label="Parts of the rule"
        titles={TITLES}
        to={(name) => paths.rule(ruleRef, name, filters)}
      />
      <div className="pane-body detail-body stack">
        {details.isError && <ProblemNotice error={details.error} retry={() => void details.refetch()} />}
        {details.isPending && <Skeleton widths={[30, 100, 24, 100, 36, 100]} />}
        {rule && section === 'general' && <RuleGeneral rule={rule} />}
        {rule && section === 'enforcements' && <RuleEnforcements rule={rule} />}
        {rule && section === 'code' && <RuleCode rule={rule} />}
      </div>
    </>
  )
}

interface HeadProps {
  readonly rule: RuleView | undefined
  readonly ruleRef: string
  readonly filters: RuleFilters
}

function Head({ rule, ruleRef, filters }: HeadProps) {
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <DetailHead about={rule?.description} back={paths.rules(filters)} title={ruleRef}>
        <span className="grow" />
        {rule && (
          <>
            <span className="muted rule-state">{rule.enabled ? 'Enabled' : 'Disabled'}</span>
            <RuleSwitch enabled={rule.enabled} ruleRef={rule.ref} />
            <AppLink
              aria-label="Edit"
              className="btn head-button"
              data-test="rule_edit"
              to={paths.rule(rule.ref, 'edit', filters)}
            >
              <Icon name="edit" size={15} />
              <span>Edit</span>
            </AppLink>
            <Button
              aria-label="Delete"
              className="head-button"
              data-test="rule_delete"
              icon="trash"
              look="danger"
              onClick={() => setDeleting(true)}
            >
              <span>Delete</span>
            </Button>
          </>
        )}
      </DetailHead>
      {rule && isDeleting && <DeleteDialog filters={filters} onClose={() => setDeleting(false)} rule={rule} />}
    </>
  )
}

interface DeleteDialogProps {
  readonly rule: RuleView
  readonly filters: RuleFilters
  readonly onClose: () => void
}

function DeleteDialog({ rule, filters, onClose }: DeleteDialogProps) {
  const go = useGo()
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api().rules.remove(rule.ref),
    onSuccess: async () => {
      toast('ok', `The rule ${rule.ref} was deleted.`)
      onClose()
      go(paths.rules(filters), 'replace')
      cache.removeQueries({ queryKey: ruleKeys.one(rule.ref) })
      await cache.invalidateQueries({ queryKey: ruleKeys.all })
    },
  })
  return (
    <ConfirmDialog
      icon="trash"
      isBusy={remove.isPending}
      label="Delete"
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      testId="rule_delete_confirm"
      title={`Delete ${rule.ref}?`}
    >
      {remove.isError && <Notice tone="bad">It was not deleted: {messageOf(remove.error)}</Notice>}
      <p>
        It stops to fire at once and cannot be brought back. What it did stays in the history: its enforcements and the
        executions it asked for.
      </p>
      {rule.metadata_file !== '' && (
        <p>
          It comes from <code>{rule.metadata_file}</code> of the pack {rule.pack}, and comes back when that pack is
          registered again. To keep it quiet, disable it instead.
        </p>
      )}
    </ConfirmDialog>
  )
}

function RuleCode({ rule }: { readonly rule: RuleView }) {
  const text = ruleText(shownRule(ruleRequestOf(rule), { trigger: null, action: null }))
  return <Code label="Rule" maxHeight={900} text={text} title={<h3>{rule.name}.yaml</h3>} />
}

import './rules.css'
import type { RuleView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useMemo } from 'react'
import { matchesRuleFilters, type RuleFilters, ruleFiltersToSearch } from '../../api/rule-filters.ts'
import { ruleList } from '../../api/rules.ts'
import { isRuleSection, NEW_RULE, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState, Skeleton, Spinner } from '../../ui/Feedback.tsx'
import { headedRows } from '../../ui/headed-rows.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { RuleFilterBar } from './RuleFilterBar.tsx'
import { RulePanel } from './RulePanel.tsx'
import { RuleSwitch } from './RuleSwitch.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'

const route = getRouteApi('/rules/{-$ref}/{-$section}')

/** Loaded when somebody writes a rule. */
const RuleEditor = lazyPart(() => import('./editor/RuleEditor.tsx'), 'RuleEditor')

const NO_RULES: readonly RuleView[] = []

export function RulesPage() {
  const { ref, section } = route.useParams()
  const filters = route.useSearch()
  useTitle(ref === NEW_RULE ? 'New rule' : ref, 'Rules')
  if (ref === NEW_RULE || (ref !== undefined && section === 'edit'))
    return (
      <Suspense fallback={<Spinner label="Loading" />}>
        <RuleEditor filters={filters} key={ref} ruleRef={ref === NEW_RULE ? null : ref} />
      </Suspense>
    )
  return <RuleBrowser filters={filters} ruleRef={ref} section={section} />
}

interface RuleBrowserProps {
  readonly ruleRef: string | undefined
  readonly section: string | undefined
  readonly filters: RuleFilters
}

function RuleBrowser({ ruleRef, section, filters }: RuleBrowserProps) {
  const rules = useQuery(ruleList())
  const all = rules.data?.items ?? NO_RULES
  const found = useMemo(
    () =>
      all
        .filter((rule) => matchesRuleFilters(rule, filters))
        .sort((a, b) => a.pack.localeCompare(b.pack) || a.name.localeCompare(b.name)),
    [all, filters],
  )
  const shownRef = ruleRef ?? found[0]?.ref
  const rows = headedRows(found, {
    group: (rule) => rule.pack,
    title: (rule) => rule.pack,
    row: (rule) => ({
      key: rule.ref,
      height: 54,
      content: <RuleRow current={rule.ref === shownRef} filters={filters} rule={rule} />,
    }),
  })
  return (
    <SplitPane
      detail={
        shownRef === undefined ? (
          rules.isPending ? (
            <div className="detail-body">
              <Skeleton widths={[40, 70, 30, 100, 24, 100]} />
            </div>
          ) : (
            <HowRulesWork />
          )
        ) : (
          <RulePanel
            filters={filters}
            key={shownRef}
            ruleRef={shownRef}
            section={isRuleSection(section) ? section : 'general'}
          />
        )
      }
      detailLabel="Rule"
      list={
        <>
          <RuleFilterBar filters={filters} ruleRef={ruleRef} rules={all} />
          <ListState query={rules} widths={[40, 90, 70, 85, 60, 92, 75]} />
          {rules.isSuccess && found.length === 0 && <NoRules filters={filters} />}
          {rows.length > 0 && <RowList label="Rules" rows={rows} selectedKey={ruleRef} />}
          <footer className="pane-foot">
            <span role="status">
              {found.length} of {all.length} rules
            </span>
          </footer>
        </>
      }
      listLabel="Rules"
      open={ruleRef !== undefined}
    />
  )
}

interface RuleRowProps {
  readonly rule: RuleView
  readonly current: boolean
  readonly filters: RuleFilters
}

function RuleRow({ rule, current, filters }: RuleRowProps) {
  const { trigger } = rule
  const words = typeof trigger === 'string' ? null : describeTrigger(trigger.type, trigger.parameters)
  return (
    <div className="rule-item">
      <AppLink
        aria-current={current || undefined}
        className="rows-link rule-row"
        data-off={rule.enabled ? undefined : ''}
        data-row=""
        data-rule={rule.ref}
        to={paths.rule(rule.ref, 'general', filters)}
      >
        <span className="rule-name truncate">{rule.name}</span>
        {rule.type.ref === 'backstop' && <span className="tag">backstop</span>}
        <span className="rule-words truncate" title={`${words?.text ?? trigger} → ${rule.action.ref}`}>
          {words?.name ?? 'its trigger is gone'} → {rule.action.ref}
        </span>
      </AppLink>
      <RuleSwitch enabled={rule.enabled} ruleRef={rule.ref} />
    </div>
  )
}

function NoRules({ filters }: { readonly filters: RuleFilters }) {
  if (ruleFiltersToSearch(filters) !== '')
    return (
      <EmptyState
        actions={
          <>
            <AppLink className="btn" to={paths.rules()}>
              Show all rules
            </AppLink>
            <AppLink className="btn" to={paths.newRule({ ...filters, q: '', enabled: '' })}>
              New rule
            </AppLink>
          </>
        }
        icon="filter"
        title="No rule matches these filters"
      >
        {filters.trigger !== '' ? `Nothing listens to ${filters.trigger} that fits. ` : ''}
        Fewer or shorter words find more.
      </EmptyState>
    )
  return (
    <EmptyState
      actions={
        <AppLink className="btn" data-look="primary" to={paths.newRule()}>
          Write the first rule
        </AppLink>
      }
      icon="rule"
      title="There are no rules yet"
    >
      A rule says: when this happens, and these criteria hold, run that action.
    </EmptyState>
  )
}

function HowRulesWork() {
  return (
    <EmptyState
      actions={
        <AppLink className="btn" to={paths.newRule()}>
          New rule
        </AppLink>
      }
      icon="rule"
      title="When this, then that"
    >
      A trigger fires (a webhook, a timer, a sensor), criteria look into its payload, and an action runs with what they
      found.
    </EmptyState>
  )
}

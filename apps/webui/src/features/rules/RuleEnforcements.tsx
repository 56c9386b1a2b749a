import type { RuleView } from '@st2/model'
import { useInfiniteQuery } from '@tanstack/react-query'
import { triggerRefOf, triggerTypeOf } from '../../api/rule-filters.ts'
import { enforcementsOfRule } from '../../api/rules.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { EnforcementRow } from '../../widgets/rules/EnforcementRow.tsx'

/** What the rule did, newest first. */
export function RuleEnforcements({ rule }: { readonly rule: RuleView }) {
  const query = useInfiniteQuery(enforcementsOfRule(rule.ref))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[90, 80, 85]} />
  const items = query.data.pages.flatMap((page) => page.items)
  const total = query.data.pages.at(-1)?.total ?? items.length
  if (items.length === 0)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.instances({ trigger: triggerRefOf(rule) })}>
            Events of its trigger
          </AppLink>
        }
        icon="rule"
        title="This rule has not fired yet"
      >
        {rule.enabled
          ? `It fires when ${triggerTypeOf(rule)} happens and every criterion holds. What did not match is explained at each event.`
          : 'It is disabled: events pass it by.'}
      </EmptyState>
    )
  return (
    <div className="card">
      <ul>
        {items.map((enforcement) => (
          <li key={enforcement.id}>
            <EnforcementRow enforcement={enforcement} names="instance" />
          </li>
        ))}
      </ul>
      <div className="card-body row wrap">
        <span className="grow muted" role="status">
          {items.length.toLocaleString('en')} of {total.toLocaleString('en')}
        </span>
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} size="s">
            Show older
          </Button>
        )}
        <AppLink to={paths.history({ rule: [rule.name] })}>Its executions in the history</AppLink>
      </div>
    </div>
  )
}

import { ApiError } from '@st2/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import type { RuleFilters } from '../../../api/rule-filters.ts'
import { ruleRequestOf } from '../../../api/rules.ts'
import { paths } from '../../../paths.ts'
import { AppLink } from '../../../shell/AppLink.tsx'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { EmptyState, Skeleton } from '../../../ui/Feedback.tsx'
import { EditorForm } from './EditorForm.tsx'
import { choose, draftRule, EMPTY_RULE, type RuleDraft } from './rule-draft.ts'

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

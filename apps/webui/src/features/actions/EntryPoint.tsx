import type { Action } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { actionEntryPoint } from '../../api/actions.ts'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Code } from '../../ui/Code.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'

export function EntryPoint({ action }: { readonly action: Action }) {
  const isPresent = Boolean(action.entry_point)
  const entryPoint = useQuery({ ...actionEntryPoint(action.ref), enabled: isPresent })
  if (!isPresent)
    return (
      <EmptyState icon="code" title="No entry point">
        The runner {action.runner_type} works from the parameters alone; there is no file to show.
      </EmptyState>
    )
  if (entryPoint.isError) return <ProblemNotice error={entryPoint.error} retry={() => void entryPoint.refetch()} />
  if (entryPoint.isPending) return <Skeleton widths={[40, 80, 60, 70]} />
  return (
    <Code
      label={action.entry_point}
      maxHeight={900}
      text={entryPoint.data}
      title={<h3 className="mono">{action.entry_point}</h3>}
    />
  )
}

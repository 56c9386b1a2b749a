import { type Execution, isCompleted } from '@st2/model'
import { useInfiniteQuery } from '@tanstack/react-query'
import { executionChildren } from '../../api/executions.ts'
import { messageOf } from '../../api/problem.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, Spinner } from '../../ui/Feedback.tsx'
import { ExecutionRow } from '../../widgets/execution/ExecutionRow.tsx'
import { taskNameOf } from '../../widgets/execution/task-name.ts'

/** The executions a workflow asked for, in the order they started. */
export function TasksCard({ execution }: { readonly execution: Execution }) {
  const children = useInfiniteQuery(executionChildren(execution.id))
  if (children.isPending) return <Spinner label="Loading tasks" />
  if (children.isError) return <Notice tone="bad">Its tasks could not be loaded: {messageOf(children.error)}</Notice>
  const items = children.data.pages.flatMap((page) => page.items)
  const total = children.data.pages.at(-1)?.total ?? items.length
  return (
    <section aria-label="Tasks" className="card">
      <div className="card-head">
        <h3>Tasks</h3>
        <span className="muted tabular">{total.toLocaleString('en')}</span>
      </div>
      {items.length === 0 && (
        <p className="lines-note">
          {isCompleted(execution.status) ? 'No task was started.' : 'No task has started yet.'}
        </p>
      )}
      <ul className="task-rows">
        {items.map((child) => (
          <li key={child.id}>
            <ExecutionRow execution={child} taskName={taskNameOf(child)} to={paths.execution(child.id)} />
          </li>
        ))}
      </ul>
      {children.hasNextPage && (
        <p className="card-body">
          <Button busy={children.isFetchingNextPage} onClick={() => void children.fetchNextPage()} size="s">
            Show more ({items.length} of {total})
          </Button>
        </p>
      )}
    </section>
  )
}

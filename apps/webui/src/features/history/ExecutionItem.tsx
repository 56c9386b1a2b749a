import type { Execution } from '@st2/model'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type CSSProperties, memo } from 'react'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { executionChildren } from '../../api/executions.ts'
import { messageOf } from '../../api/problem.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ExecutionRow, hasChildren, taskNameOf } from '../../widgets/execution/ExecutionRow.tsx'

export interface OpenedExecutions {
  readonly has: (id: string) => boolean
  readonly flip: (id: string) => void
}

interface ExecutionItemProps {
  readonly execution: Execution
  readonly filters: HistoryFilters
  readonly opened: OpenedExecutions
  readonly selectedId: string | undefined
  readonly depth?: number
}

/** A row of the history; below an opened workflow its children, to any depth. */
export const ExecutionItem = memo(function ExecutionItem({
  execution,
  filters,
  opened,
  selectedId,
  depth = 0,
}: ExecutionItemProps) {
  const isOpen = opened.has(execution.id)
  const name = execution.action?.ref ?? execution.id
  return (
    <>
      <div className="exec-item" data-item="">
        {hasChildren(execution) && (
          <button
            aria-expanded={isOpen}
            aria-label={isOpen ? `Hide the tasks of ${name}` : `Show the tasks of ${name}`}
            className="exec-toggle"
            data-toggle=""
            onClick={() => opened.flip(execution.id)}
            style={{ '--depth': depth } as CSSProperties}
            tabIndex={-1}
            type="button"
          >
            <Icon name="chevron" size={13} />
          </button>
        )}
        <ExecutionRow
          current={execution.id === selectedId}
          depth={depth}
          execution={execution}
          taskName={depth === 0 ? undefined : taskNameOf(execution)}
          to={paths.execution(execution.id, 'general', filters)}
        />
      </div>
      {isOpen && (
        <Children depth={depth + 1} filters={filters} opened={opened} parent={execution.id} selectedId={selectedId} />
      )}
    </>
  )
})

interface ChildrenProps extends Omit<ExecutionItemProps, 'execution'> {
  readonly parent: string
  readonly depth: number
}

function Children({ parent, depth, ...shared }: ChildrenProps) {
  const children = useInfiniteQuery(executionChildren(parent))
  const indent = { '--depth': depth } as CSSProperties
  if (children.isPending)
    return (
      <p className="exec-note" style={indent}>
        <Spinner label="Loading tasks" />
      </p>
    )
  if (children.isError)
    return (
      <p className="exec-note" style={indent}>
        Its tasks could not be loaded: {messageOf(children.error)}
      </p>
    )
  const items = children.data.pages.flatMap((page) => page.items)
  const total = children.data.pages.at(-1)?.total ?? items.length
  return (
    <>
      {items.length === 0 && (
        <p className="exec-note muted" style={indent}>
          No task has started yet.
        </p>
      )}
      {items.map((child) => (
        <ExecutionItem {...shared} depth={depth} execution={child} key={child.id} />
      ))}
      {children.hasNextPage && (
        <p className="exec-note" style={indent}>
          <Button busy={children.isFetchingNextPage} data-row="" onClick={() => void children.fetchNextPage()} size="s">
            Show more ({items.length} of {total})
          </Button>
        </p>
      )}
    </>
  )
}

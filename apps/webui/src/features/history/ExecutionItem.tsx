import type { Execution } from '@st2/model'
import { type CSSProperties, memo } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ExecutionRow } from '../../widgets/execution/ExecutionRow.tsx'
import { isWorkflow } from '../../widgets/execution/runner-of.ts'
import { taskNameOf } from '../../widgets/execution/task-name.ts'
import { ChooseBox } from './bulk/ChooseBox.tsx'
import type { OnChoose } from './bulk/use-choosing.ts'
import type { HistoryRow } from './history-rows.ts'

interface ExecutionItemProps {
  readonly execution: Execution
  readonly to: string
  readonly depth: number
  readonly isOpen: boolean
  readonly isCurrent: boolean
  readonly onFlip: (id: string) => void
  /** Present: the row shows whether it is chosen. */
  readonly onChoose: OnChoose | undefined
}

/** An execution in the history, with the button that shows what is below it. */
export const ExecutionItem = memo(function ExecutionItem({
  execution,
  to,
  depth,
  isOpen,
  isCurrent,
  onFlip,
  onChoose,
}: ExecutionItemProps) {
  const name = execution.action?.ref ?? execution.id
  return (
    <div className="exec-item" data-item="">
      {onChoose && <ChooseBox execution={execution} onChoose={onChoose} />}
      {isWorkflow(execution) && (
        <button
          aria-expanded={isOpen}
          aria-label={isOpen ? `Hide the tasks of ${name}` : `Show the tasks of ${name}`}
          className="exec-toggle"
          data-toggle=""
          onClick={() => onFlip(execution.id)}
          style={{ '--depth': depth } as CSSProperties}
          tabIndex={-1}
          type="button"
        >
          <Icon name="chevron" size={13} />
        </button>
      )}
      <ExecutionRow
        current={isCurrent}
        depth={depth}
        execution={execution}
        taskName={depth === 0 ? undefined : taskNameOf(execution)}
        to={to}
      />
    </div>
  )
})

interface BelowProps {
  readonly row: Exclude<HistoryRow, { readonly kind: 'execution' }>
  readonly isBusy: boolean
  readonly onMore: (parent: string) => void
}

/** What is said below an open execution besides its children. */
export function BelowOpen({ row, isBusy, onMore }: BelowProps) {
  return (
    <p className="exec-note muted" style={{ '--depth': row.depth } as CSSProperties}>
      {row.kind === 'loading' && <Spinner label="Loading tasks" />}
      {row.kind === 'none' && 'No task has started yet.'}
      {row.kind === 'failed' && (
        <>
          Its tasks could not be loaded: {row.reason}{' '}
          <Button data-row="" onClick={() => onMore(row.parent)} size="s">
            Try again
          </Button>
        </>
      )}
      {row.kind === 'more' && (
        <Button busy={isBusy} data-row="" onClick={() => onMore(row.parent)} size="s">
          Show more ({row.shown.toLocaleString('en')} of {row.total.toLocaleString('en')})
        </Button>
      )}
    </p>
  )
}

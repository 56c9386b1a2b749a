import { type CSSProperties, memo, type ReactNode } from 'react'
import { AppLink } from '../../../shell/AppLink.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import type { RunRow, TaskRow } from '../../../widgets/run/run-rows.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'

interface RunRowLineProps {
  readonly row: RunRow
  readonly to: string
  readonly isChosen: boolean
  readonly flip: (key: string) => void
  /** What stands beside the name. */
  readonly side: (row: TaskRow) => ReactNode
  readonly onLook?: (row: TaskRow | null) => void
}

/** px, of every line. */
export const ROW_PX = 32

/** A task, an attempt or an item as one line; what is below it can be opened. */
export const RunRowLine = memo(function RunRowLine({ row, to, isChosen, flip, side, onLook }: RunRowLineProps) {
  const depth = { '--depth': row.depth } as CSSProperties
  if (row.kind === 'note')
    return (
      <p className="run-row run-row-note muted" style={depth}>
        {row.text}
      </p>
    )
  const { icon, spins, tone, word } = taskLook(row.status)
  return (
    <div className="run-row" data-critical={row.isCritical || undefined} data-item="" style={depth}>
      {row.isOpen !== null && (
        <button
          aria-expanded={row.isOpen}
          aria-label={`${row.isOpen ? 'Hide' : 'Show'} what is below ${row.title}`}
          className="exec-toggle"
          data-toggle=""
          onClick={() => flip(row.key)}
          tabIndex={-1}
          type="button"
        >
          <Icon name="chevron" size={13} />
        </button>
      )}
      <AppLink
        aria-current={isChosen || undefined}
        className={`run-row-link tone-${tone}`}
        data-row=""
        data-run-row={row.key}
        onBlur={() => onLook?.(null)}
        onFocus={() => onLook?.(row)}
        onPointerEnter={() => onLook?.(row)}
        onPointerLeave={() => onLook?.(null)}
        to={to}
      >
        <span className="run-row-name">
          <Icon className={`run-row-icon ${spins ? 'spin' : ''}`} name={icon} size={13} />
          <span className="truncate run-row-title">{row.title}</span>
          <span className="run-row-word">{word}</span>
          {(row.note !== null || row.itemsCount !== null) && (
            <span className="muted run-row-more truncate">{row.note ?? `${row.itemsCount} items`}</span>
          )}
        </span>
        {side(row)}
      </AppLink>
    </div>
  )
})

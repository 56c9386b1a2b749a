import { Button } from './Button.tsx'

interface PagerProps {
  /** What is listed: `executions`. */
  readonly items: string
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  /** On this page. */
  readonly shown: number
  /** null: nobody counted. */
  readonly total: number | null
  readonly onTurn: (page: number) => void
}

/** Which part of a list that begins with the newest is shown, and the way to the others. */
export function Pager({ items, page, pageSize, shown, total, onTurn }: PagerProps) {
  const first = (page - 1) * pageSize + 1
  const last = first + shown - 1
  const hasOlder = total === null ? shown === pageSize : last < total
  return (
    <footer className="pane-foot">
      <span className="grow tabular" role="status">
        {shown === 0 ? `No ${items}` : `${first.toLocaleString('en')}–${last.toLocaleString('en')}`}
        {total !== null && shown > 0 && ` of ${total.toLocaleString('en')}`}
      </span>
      <Button
        disabledReason={page === 1 ? 'These are the newest.' : undefined}
        look="plain"
        onClick={() => onTurn(page - 1)}
        size="s"
      >
        Newer
      </Button>
      <Button
        disabledReason={hasOlder ? undefined : 'There are no older ones.'}
        look="plain"
        onClick={() => onTurn(page + 1)}
        size="s"
      >
        Older
      </Button>
    </footer>
  )
}

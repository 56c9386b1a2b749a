import { Button } from '../../ui/Button.tsx'

interface NewBannerProps {
  readonly count: number
  /** As many are counted. */
  readonly limit: number
  readonly onShow: () => void
}

/** What is new and waits, as long as its reader reads. */
export function NewBanner({ count, limit, onShow }: NewBannerProps) {
  const text = `${count < limit ? count : `${limit} or more`} new ${count === 1 ? 'execution' : 'executions'}`
  return (
    <div className="new-banner" role="status">
      {count > 0 && (
        <Button data-test="show_new" icon="up" look="primary" onClick={onShow} size="s">
          {text}
        </Button>
      )}
    </div>
  )
}

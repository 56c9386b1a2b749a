import type { ReactNode } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { AppLink } from './AppLink.tsx'

interface DetailHeadProps {
  /** Address of the list, for narrow screens. */
  readonly back: string
  /** @default 'Back to the list' */
  readonly backLabel?: string
  readonly title: ReactNode
  readonly about?: string | undefined
  /** What stands beside the title. */
  readonly children?: ReactNode
}

/** What one thing is called and what can be done with it. */
export function DetailHead({ back, backLabel = 'Back to the list', title, about, children }: DetailHeadProps) {
  return (
    <header className="detail-head">
      <div className="row">
        <AppLink aria-label={backLabel} className="btn back-link" data-icon-only="" data-look="plain" to={back}>
          <Icon name="back" />
        </AppLink>
        <h2
          className="truncate detail-ref"
          data-test="header_name"
          title={typeof title === 'string' ? title : undefined}
        >
          {title}
        </h2>
        {children}
      </div>
      {about && <p className="detail-about">{about}</p>}
    </header>
  )
}

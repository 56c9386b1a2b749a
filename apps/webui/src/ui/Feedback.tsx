import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import type { Tone } from './Badge.tsx'

const NOTICE_ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  bad: 'warning',
  run: 'info',
  warn: 'warning',
  idle: 'info',
}

interface NoticeProps {
  readonly tone: Tone
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Something the user must know, said where it matters. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`notice tone-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div className="grow">{children}</div>
      {action}
    </div>
  )
}

interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Says why there is nothing and what to do next. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={icon} size={20} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="row wrap">{actions}</div>}
    </div>
  )
}

/** Grey bars in the shape of what is being loaded. Widths are percentages. */
export function Skeleton({ widths }: { readonly widths: readonly number[] }) {
  return (
    <div aria-busy="true" aria-label="Loading" className="stack" role="status">
      {widths.map((width, index) => (
        <div className="skeleton" key={`${index}-${width}`} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

export function Spinner({ label }: { readonly label: string }) {
  return (
    <span className="row muted" role="status">
      <Icon className="spin" name="arc" />
      {label}
    </span>
  )
}

export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>
}

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/Icon.tsx'

interface SectionProps {
  readonly title: string
  /** What it holds, while it is closed. */
  readonly summary?: ReactNode
  readonly isOpen: boolean
  readonly testId?: string
  readonly children: ReactNode
}

/** A part of a form that can be folded away. */
export function Section({ title, summary, isOpen, testId, children }: SectionProps) {
  return (
    <details className="designer-section" data-test={testId} open={isOpen}>
      <summary>
        <Icon className="fold" name="chevron" size={12} />
        <h3>{title}</h3>
        <span className="grow truncate muted section-summary">{summary}</span>
      </summary>
      <div className="stack designer-section-body">{children}</div>
    </details>
  )
}

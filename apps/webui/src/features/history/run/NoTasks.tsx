import type { ReactNode } from 'react'
import { EmptyState } from '../../../ui/Feedback.tsx'
import type { IconName } from '../../../ui/Icon.tsx'

interface NoTasksProps {
  readonly icon: IconName
  readonly isOver: boolean
  /** What appears here when there are some. */
  readonly children: ReactNode
}

/** A run of which no task is known: none has started yet, or none did. */
export function NoTasks({ icon, isOver, children }: NoTasksProps) {
  return isOver ? (
    <EmptyState icon={icon} title="No task was started" />
  ) : (
    <EmptyState icon={icon} title="No task has started yet">
      {children}
    </EmptyState>
  )
}

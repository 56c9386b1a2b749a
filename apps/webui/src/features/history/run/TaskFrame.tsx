import type { ReactNode } from 'react'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import type { TaskStatus } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'

interface TaskFrameProps {
  readonly task: string
  readonly status: TaskStatus
  readonly testId: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What is told of one task, under its name and how it stands. */
export function TaskFrame({ task, status, testId, onClose, children }: TaskFrameProps) {
  const look = taskLook(status)
  return (
    <section aria-label={`Task ${task}`} className="task-detail" data-test={testId}>
      <header className="task-detail-head">
        <h3 className="truncate grow" title={task}>
          {task}
        </h3>
        <Badge {...look} testId="task_status" text={look.word} />
        <Button aria-label="Close the task" icon="cross" look="plain" onClick={onClose} size="s" />
      </header>
      <div className="task-detail-body stack">{children}</div>
    </section>
  )
}

import type { Execution, ExecutionStatus, WorkflowView } from '@st2/model'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Notice, Spinner } from '../../../ui/Feedback.tsx'
import { itemsOf } from '../../../widgets/run/graph-looks.ts'
import { absentStatus, type RunModel } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { errorsOf } from './task-errors.ts'
import { TaskVariables } from './TaskVariables.tsx'

interface ReplayTaskProps {
  readonly execution: Execution
  readonly model: RunModel
  readonly task: string
  readonly status: ExecutionStatus
  /** The workflow at this step; undefined while it is asked for. */
  readonly view: WorkflowView | undefined
  readonly onClose: () => void
}

/** A task as it stood at a step of a replay, with the variables of then. */
export function ReplayTask({ execution, model, task, status, view, onClose }: ReplayTaskProps) {
  const found = model.tasks.get(task)
  const look = taskLook(found?.status ?? absentStatus(status))
  const visit = found?.visits.at(-1)
  const items = itemsOf(visit?.attempts.at(-1))
  return (
    <section aria-label={`Task ${task}`} className="task-detail" data-test="replay_task">
      <header className="task-detail-head">
        <h3 className="truncate grow" title={task}>
          {task}
        </h3>
        <Badge {...look} testId="task_status" text={look.word} />
        <Button aria-label="Close the task" icon="cross" look="plain" onClick={onClose} size="s" />
      </header>
      <div className="task-detail-body stack">
        <p className="muted">
          At this step: {look.word}
          {items !== null && `, ${items.done} of ${items.total} items done`}
          {(visit?.attempts.length ?? 0) > 1 && `, attempt ${visit?.attempts.length}`}.
        </p>
        {view === undefined ? (
          <Spinner label="Loading the variables of then" />
        ) : (
          <>
            {errorsOf(view, task).map((message) => (
              <Notice key={message} tone="bad">
                {message}
              </Notice>
            ))}
            {visit !== undefined && <TaskVariables execution={execution} insight={view} visit={visit} />}
          </>
        )}
      </div>
    </section>
  )
}

import type { Execution, ExecutionStatus, WorkflowView } from '@st2/model'
import { Notice, Spinner } from '../../../ui/Feedback.tsx'
import { itemsOf } from '../../../widgets/run/graph-looks.ts'
import { absentStatus, type RunModel } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { errorsOf } from './task-errors.ts'
import { TaskFrame } from './TaskFrame.tsx'
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
  const then = found?.status ?? absentStatus(status)
  const visit = found?.visits.at(-1)
  const items = itemsOf(visit?.attempts.at(-1))
  return (
    <TaskFrame onClose={onClose} status={then} task={task} testId="replay_task">
      <p className="muted">
        At this step: {taskLook(then).word}
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
    </TaskFrame>
  )
}

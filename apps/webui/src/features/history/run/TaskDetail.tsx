import { type Execution, isOrquestaRunner } from '@st2/model'
import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { AppLink } from '../../../shell/AppLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { Lasted } from '../../../ui/Lasted.tsx'
import { TimeStamp } from '../../../ui/TimeStamp.tsx'
import { runnerOf } from '../../../widgets/execution/runner-of.ts'
import { absentStatus, type Attempt, type TaskRun, type Visit } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { AttemptList } from './AttemptList.tsx'
import { ItemList } from './ItemList.tsx'
import { runAgainReason } from './run-again.ts'
import { TaskExecution } from './TaskExecution.tsx'
import { TaskFrame } from './TaskFrame.tsx'
import { TaskVariables } from './TaskVariables.tsx'
import { errorsOf } from './task-errors.ts'
import type { Run } from './use-run.ts'

interface TaskDetailProps {
  readonly run: Run
  readonly task: string
  readonly onClose: () => void
  readonly onRunAgain: () => void
}

/** One task of a run: how it stands, each attempt, its items, what it was given and what came of it. */
export function TaskDetail({ run, task, onClose, onRunAgain }: TaskDetailProps) {
  const found = run.model.tasks.get(task)
  const status = found?.status ?? absentStatus(run.execution.status)
  return (
    <TaskFrame onClose={onClose} status={status} task={task} testId="task_detail">
      {found === undefined ? (
        <p className="muted">{taskLook(status).meaning}.</p>
      ) : (
        <TaskRunParts key={task} onRunAgain={onRunAgain} run={run} task={found} />
      )}
    </TaskFrame>
  )
}

interface TaskRunPartsProps {
  readonly run: Run
  readonly task: TaskRun
  readonly onRunAgain: () => void
}

function TaskRunParts({ run, task, onRunAgain }: TaskRunPartsProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const places = task.visits.flatMap((visit) => visit.attempts.map((attempt) => ({ visit, attempt })))
  // The latest one, until somebody looks at another.
  const place = places.find(({ attempt }) => attempt.id === chosen) ?? places.at(-1)
  const visit = place?.visit ?? task.visits.at(-1)
  const errors = errorsOf(run.insight, task.name)
  return (
    <>
      {errors.map((message) => (
        <Notice key={message} tone="bad">
          {message}
        </Notice>
      ))}
      {places.length > 1 && <AttemptList chosen={place?.attempt.id ?? ''} onChoose={setChosen} places={places} />}
      {place === undefined ? (
        <p className="muted">It has no action of its own: the workflow passed through it.</p>
      ) : (
        <AttemptParts attempt={place.attempt} key={place.attempt.id} visit={place.visit} />
      )}
      {visit !== undefined && run.insight !== null && (
        <TaskVariables execution={run.execution} insight={run.insight} visit={visit} />
      )}
      {isOrquestaRunner(runnerOf(run.execution)) && (
        <p>
          <Button
            data-test="task_rerun"
            disabledReason={runAgainReason(run.execution)}
            icon="rerun"
            onClick={onRunAgain}
            size="s"
          >
            Re-run from here
          </Button>
        </p>
      )}
    </>
  )
}

function AttemptParts({ attempt, visit }: { readonly attempt: Attempt; readonly visit: Visit }) {
  const first = attempt.executions[0]
  return (
    <>
      <dl className="facts">
        {first !== undefined && (
          <>
            <dt>Action</dt>
            <dd>
              <AppLink to={paths.action(first.action?.ref ?? '')}>{first.action?.ref}</AppLink>
            </dd>
          </>
        )}
        {first !== undefined && attempt.itemsCount === null && (
          <>
            <dt>Execution</dt>
            <dd>
              <AppLink className="mono" data-test="task_execution" to={paths.execution(first.id)}>
                {first.id}
              </AppLink>
            </dd>
          </>
        )}
        <dt>Started</dt>
        <dd>
          <TimeStamp form="instant" iso={new Date(attempt.start).toISOString()} />
        </dd>
        <dt>Duration</dt>
        <dd>
          <Lasted end={attempt.end} start={attempt.start} />
        </dd>
        {visit.route > 0 && (
          <>
            <dt>Route</dt>
            <dd>{visit.route}</dd>
          </>
        )}
      </dl>
      <AttemptOutcome attempt={attempt} first={first} />
    </>
  )
}

function AttemptOutcome({ attempt, first }: { readonly attempt: Attempt; readonly first: Execution | undefined }) {
  if (attempt.itemsCount !== null) return <ItemList attempt={attempt} total={attempt.itemsCount} />
  if (first !== undefined) return <TaskExecution id={first.id} />
  return <p className="muted">Its execution is not there any more: it was deleted, or collected as too old.</p>
}

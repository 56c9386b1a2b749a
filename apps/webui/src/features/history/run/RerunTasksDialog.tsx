import './run.css'
import type { Execution } from '@st2/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../../../api/client.ts'
import { executionKeys } from '../../../api/execution-keys.ts'
import { paths } from '../../../paths.ts'
import { useGo } from '../../../shell/AppLink.tsx'
import { AttemptNotice } from '../../../shell/ErrorPages.tsx'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Skeleton } from '../../../ui/Feedback.tsx'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { runAgainReason } from './run-again.ts'
import { firstChosen, type RerunChoice, rerunChoices } from './rerun-tasks-model.ts'
import { useRun } from './use-run.ts'

interface RerunTasksDialogProps {
  readonly execution: Execution
  /** Begins with this task; empty: with all that went wrong. */
  readonly task: string
  readonly onClose: () => void
}

/** Runs tasks of an ended workflow again; what they led to follows as before. */
export function RerunTasksDialog({ execution, task, onClose }: RerunTasksDialogProps) {
  const run = useRun(execution)
  if (run.isPending)
    return (
      <Dialog onClose={onClose} title="Re-run tasks" width={560}>
        <Skeleton widths={[60, 80, 70]} />
      </Dialog>
    )
  return <RerunTasksForm choices={rerunChoices(run.model)} execution={execution} onClose={onClose} task={task} />
}

interface RerunTasksFormProps extends RerunTasksDialogProps {
  readonly choices: readonly RerunChoice[]
}

function RerunTasksForm({ execution, task, choices, onClose }: RerunTasksFormProps) {
  const formId = useId()
  const go = useGo()
  const cache = useQueryClient()
  const [chosen, setChosen] = useState(() => firstChosen(choices, task))
  const [reset, setReset] = useState<ReadonlySet<string>>(new Set())
  const refusal = runAgainReason(execution) ?? choiceReason(choices, chosen)
  const rerun = useMutation({
    mutationFn: () =>
      api().executions.rerun(execution.id, {
        tasks: [...chosen],
        reset: [...reset].filter((name) => chosen.has(name)),
      }),
    onSuccess: (next) => {
      cache.setQueryData(executionKeys.one(next.id), next)
      go(paths.execution(next.id, 'graph'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (refusal === undefined && !rerun.isPending) rerun.mutate()
  }
  return (
    <Dialog
      foot={
        <>
          <span className="grow muted" role="status">
            {chosen.size === 0 ? 'No task is chosen' : `Runs again: ${[...chosen].join(', ')}`}
          </span>
          <Button onClick={onClose}>Close</Button>
          <Button
            busy={rerun.isPending}
            data-test="rerun_tasks_submit"
            disabledReason={refusal}
            form={formId}
            icon="rerun"
            look="primary"
            type="submit"
          >
            Re-run
          </Button>
        </>
      }
      onClose={onClose}
      testId="rerun_tasks_popup"
      title="Re-run tasks"
      width={560}
    >
      <form className="stack" id={formId} onSubmit={submit}>
        <p className="muted">
          {choices.length === 0
            ? 'No task has run, so there is none to run again.'
            : 'They run again in the same workflow, with the variables they had; what follows them runs too. Parameters stay as they were.'}
        </p>
        <AttemptNotice error={rerun.error} />
        {choices.length > 0 && (
          <ul className="card rerun-tasks">
            {choices.map((choice) => (
              <RerunTask
                choice={choice}
                isChosen={chosen.has(choice.task.name)}
                isReset={reset.has(choice.task.name)}
                key={choice.task.name}
                onChoose={() => setChosen(flipped(chosen, choice.task.name))}
                onReset={() => setReset(flipped(reset, choice.task.name))}
              />
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  )
}

interface RerunTaskProps {
  readonly choice: RerunChoice
  readonly isChosen: boolean
  readonly isReset: boolean
  readonly onChoose: () => void
  readonly onReset: () => void
}

function RerunTask({ choice, isChosen, isReset, onChoose, onReset }: RerunTaskProps) {
  const { task, refusal, hasItems } = choice
  const look = taskLook(task.status)
  return (
    <li>
      <div className="row">
        <label className="check grow">
          <input checked={isChosen} disabled={refusal !== null} onChange={onChoose} type="checkbox" />
          <span className="truncate">{task.name}</span>
        </label>
        <Badge {...look} text={look.word} />
      </div>
      {refusal !== null && <p className="muted rerun-more">{refusal}</p>}
      {hasItems && refusal === null && isChosen && (
        <label className="check rerun-more">
          <input checked={isReset} onChange={onReset} type="checkbox" />
          <span>All items, those that succeeded too</span>
        </label>
      )}
    </li>
  )
}

function choiceReason(choices: readonly RerunChoice[], chosen: ReadonlySet<string>): string | undefined {
  if (choices.every(({ refusal }) => refusal !== null)) return 'There is no task that could run again.'
  return chosen.size === 0 ? 'Choose a task first.' : undefined
}

function flipped(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const after = new Set(names)
  if (!after.delete(name)) after.add(name)
  return after
}

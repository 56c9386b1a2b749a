import { type ExecutionStatus, isExecutionStatus, type WorkflowView } from '@st2/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type JournalRow, workflowAt, workflowJournal } from '../../../api/workflow-runs.ts'
import { ProblemNotice } from '../../../shell/ErrorPages.tsx'
import { Spinner } from '../../../ui/Feedback.tsx'
import { replayedTasks } from '../../../widgets/run/replay.ts'
import { runModel } from '../../../widgets/run/run-model.ts'
import { ReplayBar } from './ReplayBar.tsx'
import { ReplayTask } from './ReplayTask.tsx'
import { RunGraph } from './RunGraph.tsx'
import type { RunSectionProps } from './run-section.ts'

interface ReplaySectionProps extends RunSectionProps {
  readonly insight: WorkflowView
}

/** A run step by step, as its journal tells it: how each task stood, which ways were taken, with which variables. */
export function ReplaySection(props: ReplaySectionProps) {
  const journal = useQuery(workflowJournal(props.run.execution.id, props.insight.events))
  if (journal.isError) return <ProblemNotice error={journal.error} retry={() => void journal.refetch()} />
  if (journal.data === undefined)
    return (
      <div className="run-wait">
        <Spinner label="Loading what happened" />
      </div>
    )
  return <Replay {...props} rows={journal.data} />
}

interface ReplayProps extends ReplaySectionProps {
  readonly rows: readonly JournalRow[]
}

function Replay({ run, place, onPlace, rows }: ReplayProps) {
  const step = Math.min(rows.length, Math.max(1, Number(place.step)))
  // How tasks stand follows from the rows at once; what was decided and the variables come with the server's answer.
  const then = useQuery({ ...workflowAt(run.execution.id, step), placeholderData: keepPreviousData })
  const view = then.isPlaceholderData ? undefined : then.data
  const status = statusAt(rows, step)
  const shown = useMemo(() => {
    const sequence = view?.sequence ?? then.data?.sequence ?? []
    const model = runModel({
      status,
      executions: [],
      insight: { sequence, tasks: replayedTasks(rows.slice(0, step)) },
    })
    return { ...run, model, execution: { ...run.execution, status }, isBehind: view === undefined }
  }, [run, rows, step, status, view, then.data])
  const task = place.task === '' ? null : place.task
  return (
    <div className="run-replay" data-test="replay">
      <div className="run-split" data-open={task !== null || undefined}>
        <div className="run-main">
          <RunGraph chosen={task} onChoose={(name) => onPlace({ task: name ?? '' })} run={shown} />
        </div>
        {task !== null && (
          <ReplayTask
            execution={run.execution}
            model={shown.model}
            onClose={() => onPlace({ task: '' })}
            status={status}
            task={task}
            view={view}
          />
        )}
      </div>
      {then.isError && <ProblemNotice error={then.error} retry={() => void then.refetch()} />}
      <ReplayBar
        onClose={() => onPlace({ step: '' })}
        onStep={(next) => onPlace({ step: String(next) })}
        rows={rows}
        step={step}
      />
    </div>
  )
}

/** The status that the workflow had got by then. */
function statusAt(rows: readonly JournalRow[], step: number): ExecutionStatus {
  const told = rows.slice(0, step).flatMap(({ effects }) => effects.filter(({ type }) => type === 'status'))
  const status = told.at(-1)?.['status']
  return isExecutionStatus(status) ? status : 'running'
}

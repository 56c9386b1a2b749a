import { useContext } from 'react'
import { paths } from '../../../paths.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { absentStatus } from '../../../widgets/run/run-model.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { useView } from '../state/designer-context.ts'
import { PlayedContext } from './performance.ts'

/** How a task stands in what is played on the canvas. */
export function TaskPlayed({ task }: { readonly task: string }) {
  const played = useContext(PlayedContext)
  const performance = useView((view) => view.performance)
  if (played === null || performance === null) return null
  const run = played.model.tasks.get(task)
  const look = taskLook(run?.status ?? absentStatus(played.status))
  const execution = run?.visits.at(-1)?.attempts.at(-1)?.executions.at(-1)
  return (
    <div className="row wrap task-played" data-test="task_played">
      <span className="muted">{performance.kind === 'run' ? 'In this run' : 'In this simulation'}</span>
      <Badge {...look} text={look.word} />
      {execution !== undefined && (
        <a href={`#${paths.execution(execution.id)}`} rel="noopener" target="_blank">
          Its execution
        </a>
      )}
    </div>
  )
}

import type { ReactNode } from 'react'
import { TaskDetail } from './TaskDetail.tsx'
import type { RunSectionProps } from './run-section.ts'

interface WithTaskProps extends RunSectionProps {
  readonly children: ReactNode
}

/** A way to look at a run, with the chosen task beside it, or below where there is no room. */
export function WithTask({ run, place, onPlace, onRunAgain, children }: WithTaskProps) {
  const { task } = place
  return (
    <div className="run-split" data-open={task !== '' || undefined}>
      <div className="run-main">{children}</div>
      {task !== '' && (
        <TaskDetail onClose={() => onPlace({ task: '' })} onRunAgain={() => onRunAgain(task)} run={run} task={task} />
      )}
    </div>
  )
}

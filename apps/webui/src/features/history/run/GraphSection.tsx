import { isCompleted } from '@st2/model'
import { Button } from '../../../ui/Button.tsx'
import { ReplaySection } from './ReplaySection.tsx'
import { RunGraph } from './RunGraph.tsx'
import type { RunSectionProps } from './run-section.ts'
import { WithTask } from './WithTask.tsx'

/** The workflow as it runs, or step by step as it ran. */
export function GraphSection(props: RunSectionProps) {
  const { run, place, onPlace } = props
  const { insight, execution } = run
  if (place.step !== '' && insight !== null) return <ReplaySection {...props} insight={insight} />
  return (
    <WithTask {...props}>
      <RunGraph
        chosen={place.task === '' ? null : place.task}
        onChoose={(name) => onPlace({ task: name ?? '' })}
        run={run}
      />
      {insight !== null && isCompleted(execution.status) && insight.events > 0 && (
        <div className="run-corner">
          <Button data-test="replay_button" icon="play" onClick={() => onPlace({ step: '1' })} size="s">
            Replay
          </Button>
        </div>
      )}
    </WithTask>
  )
}

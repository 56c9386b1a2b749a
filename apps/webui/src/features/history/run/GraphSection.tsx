import { RunGraph } from './RunGraph.tsx'
import type { RunSectionProps } from './run-section.ts'
import { WithTask } from './WithTask.tsx'

/** The workflow as it runs. */
export function GraphSection(props: RunSectionProps) {
  const { run, place, onPlace } = props
  return (
    <WithTask {...props}>
      <RunGraph
        chosen={place.task === '' ? null : place.task}
        onChoose={(name) => onPlace({ task: name ?? '' })}
        run={run}
      />
    </WithTask>
  )
}

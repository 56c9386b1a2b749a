import { useView } from '../state/designer-context.ts'
import { RunBar } from './RunBar.tsx'
import { SimulationBar } from './SimulationBar.tsx'

/** Below the canvas: what is played on it. */
export function PlayBar() {
  const performance = useView((view) => view.performance)
  if (performance === null) return null
  return performance.kind === 'run' ? (
    <RunBar execution={performance.execution} />
  ) : (
    <SimulationBar state={performance.state} />
  )
}

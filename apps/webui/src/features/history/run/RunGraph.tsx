import { useMemo } from 'react'
import { EmptyState, Notice, Spinner } from '../../../ui/Feedback.tsx'
import { countingLooks, edgeStates, graphLooks } from '../../../widgets/run/graph-looks.ts'
import { WorkflowGraph } from '../../../widgets/workflow-graph/WorkflowGraph.tsx'
import type { Run } from './use-run.ts'
import { useDrawing } from './use-drawing.ts'

interface RunGraphProps {
  readonly run: Run
  readonly chosen: string | null
  readonly onChoose: (task: string | null) => void
}

/** The workflow as it runs: how each task stands, and which ways were taken. */
export function RunGraph({ run, chosen, onChoose }: RunGraphProps) {
  const { execution, model } = run
  const drawing = useDrawing(execution, run.insight?.definition, run.isPending)
  const graph = drawing.kind === 'drawn' ? drawing.graph : null
  const { status } = execution
  // What is decided at the end is told by the workflow, a moment after the execution has ended.
  const decided = run.isBehind || run.isPending ? 'running' : status
  const isCounting = run.insight === null && !run.executions.isComplete
  const looks = useMemo(() => {
    if (graph === null) return null
    const known = graphLooks(graph, model, decided)
    return isCounting ? countingLooks(known) : known
  }, [graph, model, decided, isCounting])
  const states = useMemo(() => (graph === null ? null : edgeStates(graph, model, decided)), [graph, model, decided])
  if (drawing.kind === 'failed')
    return (
      <EmptyState icon="graph" title="The workflow cannot be drawn">
        Its definition cannot be read: {drawing.reason.replace(/\.$/, '')}.
        {model.tasks.size > 0 && ' What it started is in the tree and in the timeline.'}
      </EmptyState>
    )
  if (graph === null || looks === null || states === null)
    return (
      <div className="run-wait">
        <Spinner label="Loading the workflow" />
      </div>
    )
  return (
    <div className="run-picture">
      {drawing.kind === 'drawn' && drawing.isOfToday && (
        <Notice tone="run">This is the definition as it is now. It may have changed since this ran.</Notice>
      )}
      <div className="run-canvas">
        <WorkflowGraph
          chosen={chosen}
          graph={graph}
          label="Workflow"
          looks={looks}
          onChoose={onChoose}
          states={states}
        />
      </div>
    </div>
  )
}

import type { Execution } from '@st2/model'
import { useMemo } from 'react'
import { paths } from '../../../paths.ts'
import { useGo } from '../../../shell/AppLink.tsx'
import { Badge } from '../../../ui/Badge.tsx'
import { Notice, Spinner } from '../../../ui/Feedback.tsx'
import { formatDuration } from '../../../ui/time.ts'
import {
  comparedEdges,
  comparedLooks,
  compareTasks,
  deltaText,
  type TaskPair,
  type TaskSide,
} from '../../../widgets/run/compare-runs.ts'
import { taskLook } from '../../../widgets/run/task-looks.ts'
import { WorkflowGraph } from '../../../widgets/workflow-graph/WorkflowGraph.tsx'
import { useDrawing } from '../run/use-drawing.ts'
import { useRun } from '../run/use-run.ts'

interface CompareTasksProps {
  readonly left: Execution
  readonly right: Execution
}

/** What became of each task in both runs, on one picture and in a table. */
export function CompareTasks({ left, right }: CompareTasksProps) {
  const first = useRun(left)
  const second = useRun(right)
  const drawing = useDrawing(right, second.insight?.definition, second.isPending)
  const go = useGo()
  const graph = drawing.kind === 'drawn' ? drawing.graph : null
  const sides = useMemo(
    () =>
      [
        { model: first.model, status: left.status },
        { model: second.model, status: right.status },
      ] as const,
    [first.model, second.model, left.status, right.status],
  )
  const pairs = useMemo(() => compareTasks(...sides), [sides])
  const drawn = useMemo(
    () =>
      graph === null
        ? null
        : { looks: comparedLooks(graph, pairs, right.status, formatDuration), states: comparedEdges(graph, ...sides) },
    [graph, pairs, sides, right.status],
  )
  if (first.isPending || second.isPending) return <Spinner label="Loading both runs" />
  const isOtherDefinition =
    first.insight !== null && second.insight !== null && first.insight.definition !== second.insight.definition
  return (
    <>
      {isOtherDefinition && (
        <Notice tone="warn">The workflow was changed between these runs. The picture is that of the second.</Notice>
      )}
      {graph !== null && drawn !== null && (
        <section aria-label="Both runs" className="card run-summary">
          <WorkflowGraph
            chosen={null}
            graph={graph}
            label="Both runs"
            looks={drawn.looks}
            onChoose={(task) => task !== null && go(paths.execution(right.id, 'graph', { task }))}
            states={drawn.states}
          />
        </section>
      )}
      <TaskTable pairs={pairs} />
    </>
  )
}

function TaskTable({ pairs }: { readonly pairs: readonly TaskPair[] }) {
  const different = pairs.filter(({ isDifferent }) => isDifferent).length
  return (
    <section className="card compare-table">
      <div className="card-head">
        <h3 className="grow">Tasks</h3>
        <span className="muted">
          {different === 0 ? 'All came to the same' : `${different} came to something else`}
        </span>
      </div>
      <div className="compare-scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
              <th scope="col">Longer by</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ task, left, right, isDifferent }) => (
              <tr data-different={isDifferent || undefined} data-pair={task} key={task}>
                <th scope="row">{task}</th>
                <td>
                  <SideCell side={left} />
                </td>
                <td>
                  <SideCell side={right} />
                </td>
                <td className="tabular">{deltaText({ left, right }, formatDuration)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function SideCell({ side: { status, seconds, attempts, items } }: { readonly side: TaskSide }) {
  const look = taskLook(status)
  const more = [
    seconds !== null && formatDuration(seconds),
    attempts > 1 && `${attempts} starts`,
    items !== null && `${items.done}/${items.total} items`,
  ].filter(Boolean)
  return (
    <span className="row wrap">
      <Badge {...look} text={look.word} />
      <span className="muted tabular">{more.join(', ')}</span>
    </span>
  )
}

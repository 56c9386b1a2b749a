import { isCompleted } from '@st2/model'
import { useMemo } from 'react'
import { paths } from '../../../paths.ts'
import { Lasted } from '../../../ui/Lasted.tsx'
import { RowList } from '../../../ui/RowList.tsx'
import { TimeStamp } from '../../../ui/TimeStamp.tsx'
import type { TaskRow } from '../../../widgets/run/run-rows.ts'
import { NoTasks } from './NoTasks.tsx'
import { RunRowLine, ROW_PX } from './RunRowLine.tsx'
import type { RunSectionProps } from './run-section.ts'
import { useRunRows } from './use-run-rows.ts'
import { WithTask } from './WithTask.tsx'

/** Every task, attempt, item and nested workflow, as deep as it goes. */
export function TreeSection(props: RunSectionProps) {
  const { run, place, rowLink } = props
  const { rows, flip } = useRunRows(run)
  const lines = useMemo(
    () =>
      rows.map((row) => ({
        key: row.key,
        height: ROW_PX,
        content: (
          <RunRowLine
            flip={flip}
            isChosen={row.kind !== 'note' && !row.isNested && row.task === place.task}
            row={row}
            side={treeColumns}
            to={row.kind === 'note' ? '' : linkOf(row, rowLink)}
          />
        ),
      })),
    [rows, flip, place.task, rowLink],
  )
  return (
    <WithTask {...props}>
      {rows.length === 0 ? (
        <NoTasks icon="branch" isOver={isCompleted(run.execution.status)}>
          Tasks appear here as they start.
        </NoTasks>
      ) : (
        <RowList label="Tasks" rows={lines} />
      )}
    </WithTask>
  )
}

/** Tasks of this run are looked at beside the list; what is deeper has a page of its own. */
export function linkOf(row: TaskRow, rowLink: (task: string) => string): string {
  const first = row.executions[0]
  return row.isNested && first !== undefined ? paths.execution(first.id) : rowLink(row.task)
}

function treeColumns(row: TaskRow) {
  return (
    <span className="tree-columns">
      <span className="muted truncate tree-action">{row.action}</span>
      <span className="muted tabular tree-start">
        <TimeStamp form="clock" iso={new Date(row.start).toISOString()} />
      </span>
      <span className="tree-took">
        <Lasted end={row.end} start={row.start} />
      </span>
    </span>
  )
}

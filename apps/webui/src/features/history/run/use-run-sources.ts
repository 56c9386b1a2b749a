import { type Execution, isCompleted } from '@st2/model'
import { useMemo, useState } from 'react'
import { printsOutput } from '../../../widgets/execution/reporter.ts'
import { isWorkflow, runnerOf } from '../../../widgets/execution/runner-of.ts'
import { taskNameOf } from '../../../widgets/execution/task-name.ts'
import type { NestedRun } from '../../../widgets/run/run-rows.ts'
import type { LogSource } from '../../../widgets/run/merge-log.ts'
import { MAX_PRINTING } from '../../../widgets/run/outputs-to-follow.ts'
import { taskTitle } from '../../../widgets/run/task-place.ts'
import { useNestedRuns } from './use-nested-runs.ts'
import { type RunOutputs, useRunOutputs } from './use-run-outputs.ts'
import type { Run } from './use-run.ts'

/** Workflows below a run whose executions are in its log. */
const MAX_NESTED = 50

interface Member {
  readonly execution: Execution
  readonly task: string
  readonly title: string
}

export interface RunSources extends Pick<RunOutputs, 'waiting' | 'failed'> {
  readonly sources: readonly LogSource[]
  /** Executions that print, and whose output is left out because they are too many. */
  readonly leftOut: number
}

const NO_IDS: readonly string[] = []

/** All executions of a run, those of nested workflows too, with what they printed. */
export function useRunSources({ executions }: Run): RunSources {
  const [asked, setAsked] = useState(NO_IDS)
  const nested = useNestedRuns(asked)
  const members = useMemo(() => membersOf([...executions.byId.values()], nested, '', ''), [executions, nested])
  const workflows = members.filter(({ execution }) => isWorkflow(execution)).map(({ execution }) => execution.id)
  const wanted = workflows.slice(0, MAX_NESTED)
  if (wanted.join() !== asked.join()) setAsked(wanted)

  const printing = useMemo(() => printingIn(members), [members])
  const { outputs, version, waiting, failed } = useRunOutputs(printing)
  const sources = useMemo(
    () => members.map((member) => ({ ...member, lines: outputs.get(member.execution.id)?.lines ?? [] })),
    [members, outputs, version],
  )
  return { sources, waiting, failed, leftOut: Math.max(0, printing.length - MAX_PRINTING) }
}

/** What has ended is told at once, and comes first; what runs keeps its connection. */
function printingIn(members: readonly Member[]): readonly string[] {
  const printing = members.map(({ execution }) => execution).filter((execution) => printsOutput(runnerOf(execution)))
  const isEnded = ({ status }: Execution) => isCompleted(status)
  return [...printing.filter(isEnded), ...printing.filter((execution) => !isEnded(execution))].map(({ id }) => id)
}

function membersOf(
  executions: readonly Execution[],
  nested: ReadonlyMap<string, NestedRun>,
  task: string,
  prefix: string,
): Member[] {
  return executions.flatMap((execution) => {
    const name = task || (taskNameOf(execution) ?? '')
    const title = `${prefix}${taskTitle(execution) ?? execution.action?.ref ?? execution.id}`
    const run = nested.get(execution.id)
    const below = run?.kind === 'known' ? membersOf(run.executions, nested, name, `${title} / `) : []
    return [{ execution, task: name, title }, ...below]
  })
}

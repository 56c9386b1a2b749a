import { useCallback, useMemo, useState } from 'react'
import { criticalPath } from '../../../widgets/run/critical-path.ts'
import { openedWorkflows, type RunRow, runRows } from '../../../widgets/run/run-rows.ts'
import type { Run } from './use-run.ts'
import { useNestedRuns } from './use-nested-runs.ts'

export interface RunRows {
  readonly rows: readonly RunRow[]
  readonly flip: (key: string) => void
}

const NO_IDS: readonly string[] = []

/** The lines of a run, with what somebody opened. */
export function useRunRows({ model }: Run): RunRows {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState(NO_IDS)
  const nested = useNestedRuns(asked)
  const critical = useMemo(() => criticalPath(model), [model])
  const rows = useMemo(() => runRows(model, { opened, nested, critical }), [model, opened, nested, critical])
  // What is opened deeper down is known only when the rows above it are.
  const wanted = openedWorkflows(rows)
  if (wanted.join() !== asked.join()) setAsked(wanted)
  const flip = useCallback(
    (key: string) =>
      setOpened((before) => {
        const after = new Set(before)
        if (!after.delete(key)) after.add(key)
        return after
      }),
    [],
  )
  return { rows, flip }
}

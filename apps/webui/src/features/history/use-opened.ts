import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { executionAncestors, executionDetails } from '../../api/executions.ts'

export interface OpenedExecutions {
  readonly has: (execution: Execution) => boolean
  readonly flip: (id: string) => void
  /** From the top down to the execution on the screen; alone when it belongs to nothing, empty while that is unknown. */
  readonly way: readonly string[]
}

const NOWHERE: readonly string[] = []

/** Which workflows show their children: those a person opened, and those above the execution on the screen. */
export function useOpened(selectedId: string | undefined): OpenedExecutions {
  const [flipped, setFlipped] = useState<ReadonlyMap<string, boolean>>(new Map())
  // Only what is there can have something above it; whoever shows it asks for it.
  const isKnown = useQuery({ ...executionDetails(selectedId ?? ''), enabled: false, select: () => true }).data === true
  const ancestors = useQuery({ ...executionAncestors(selectedId ?? ''), enabled: isKnown }).data
  const isAbove = useCallback((id: string) => ancestors?.some((ancestor) => ancestor.id === id) ?? false, [ancestors])
  const flip = useCallback(
    (id: string) => setFlipped((before) => new Map(before).set(id, !(before.get(id) ?? isAbove(id)))),
    [isAbove],
  )
  // The same object while nothing opens or closes, so that rows need not be made again.
  return useMemo(() => {
    const way =
      selectedId === undefined || ancestors === undefined
        ? NOWHERE
        : [...ancestors.map(({ id }) => id).toReversed(), selectedId]
    return { has: ({ id }) => flipped.get(id) ?? isAbove(id), flip, way }
  }, [flipped, isAbove, flip, ancestors, selectedId])
}

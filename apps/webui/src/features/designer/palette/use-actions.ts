import type { Action } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionList } from '../../../api/actions.ts'

const NONE: readonly Action[] = []

/** All actions there are; empty while they are loaded. */
export function useActions(): readonly Action[] {
  return useQuery(actionList()).data?.items ?? NONE
}

/** null: not known yet. */
export function useKnownActions(): ReadonlySet<string> | null {
  const actions = useQuery(actionList()).data?.items
  return useMemo(() => (actions === undefined ? null : new Set(actions.map(({ ref }) => ref))), [actions])
}

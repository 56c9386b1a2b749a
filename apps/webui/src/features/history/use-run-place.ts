import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { placeFromSearch, type RunPlace } from '../../api/run-place.ts'

/** What of a run the address says is looked at. The same object while that stays the same. */
export function useRunPlace(): RunPlace {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  return useMemo(() => placeFromSearch(Object.fromEntries(new URLSearchParams(search))), [search])
}

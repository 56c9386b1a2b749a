import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { packList } from '../../../api/packs.ts'
import type { Option } from '../../../ui/combobox-options.ts'

/** Packs that a workflow may belong to. */
export function usePacks(): readonly Option[] {
  const packs = useQuery(packList()).data?.items
  return useMemo(
    () => (packs ?? []).map(({ ref, name, description }) => ({ value: ref ?? name, detail: description })),
    [packs],
  )
}

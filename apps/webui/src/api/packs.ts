import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

export function packList() {
  return queryOptions({
    queryKey: ['packs', 'list'],
    queryFn: ({ signal }) => api().packs.list({ include_attributes: ['ref', 'name', 'description'] }, { signal }),
  })
}

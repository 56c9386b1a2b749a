import { ApiError } from '@st2/client'
import { QueryClient } from '@tanstack/react-query'

/** ms; data is refreshed by the stream, so age alone is a weak reason to ask again. */
const STALE_MS = 30_000
const RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // An answer stays an answer however often one asks; silence is worth another try.
      retry: (failures, error) => failures < RETRIES && !(error instanceof ApiError && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
})

import { ApiError, UnreachableError } from '@st2/client'
import { QueryClient } from '@tanstack/react-query'

/** ms; data is refreshed by the stream, so age alone is a weak reason to ask again. */
const STALE_MS = 30_000
const RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      retry: (failures, error) => failures < RETRIES && isWorthAnotherTry(error),
      refetchOnWindowFocus: false,
    },
  },
})

/** Silence, and a server in trouble. An answer stays an answer however often one asks, and so does what is made of it. */
function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof ApiError && error.status >= 500)
}

import { ApiError, UnreachableError } from '@st2/client'

/** An error as a person should read it. */
export interface Problem {
  readonly kind: 'missing' | 'forbidden' | 'unauthorized' | 'unreachable' | 'other'
  readonly title: string
  readonly text: string
}

export function problemOf(error: unknown): Problem {
  if (error instanceof UnreachableError)
    return {
      kind: 'unreachable',
      title: 'The server does not answer',
      text: 'It may be restarting, or the network is down. This page keeps trying.',
    }
  if (!(error instanceof ApiError)) return { kind: 'other', title: 'Something went wrong', text: messageOf(error) }
  const id = error.requestId === null ? '' : ` (request ${error.requestId})`
  if (error.status === 404) return { kind: 'missing', title: 'Not found', text: error.message }
  if (error.status === 403) return { kind: 'forbidden', title: 'You may not see or do this', text: error.message }
  if (error.status === 401) return { kind: 'unauthorized', title: 'Your session has ended', text: error.message }
  return { kind: 'other', title: `The server refused (${error.status})`, text: `${error.message}${id}` }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

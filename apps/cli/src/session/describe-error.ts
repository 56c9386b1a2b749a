import { ApiError, UnreachableError } from '@st2/client'

/** Node's words for it; scripts look for those of the system. */
const REFUSED = /connect ECONNREFUSED \S+$/

/** What follows `ERROR: `. Answers of the API read as the official client's do. @source cli.md 3 */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return describeAnswer(error)
  if (error instanceof UnreachableError) return error.message.replace(REFUSED, '[Errno 111] Connection refused')
  return error instanceof Error ? error.message : String(error)
}

function describeAnswer(error: ApiError): string {
  const kind = error.status >= 500 ? 'Server Error' : 'Client Error'
  return `${error.status} ${kind}: ${error.statusText}${details(error)} for url: ${error.url}`
}

function details(error: ApiError): string {
  if (error.faultstring !== '') return `\nMESSAGE: ${error.faultstring}`
  return error.isJson ? '' : '\nUnable to retrieve detailed message from the HTTP response.'
}

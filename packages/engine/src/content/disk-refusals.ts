import { AccessDeniedError, InvalidError, UnavailableError } from '@st2/model'
import { editedPath } from './unfinished-files.ts'

/** What the disk said against an edit, in upstream's words; anything else as it is. @source rest-api.md 9.2 */
export function notChanged(cause: unknown, packPath: string, removed: readonly string[]): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  const path = 'path' in cause && typeof cause.path === 'string' ? editedPath(cause.path) : packPath
  return removed.includes(path) ? notRemoved(cause, path) : notWritten(cause, path)
}

function notRemoved(cause: Error, path: string): Error {
  if (isDenied(cause)) return new AccessDeniedError(`No permission to delete "${path}" file from disk`, { cause })
  const message =
    `The action file "${path}" could not be removed from disk, please check the logs or ask your StackStorm ` +
    'administrator to check and delete the actions files manually'
  return new UnavailableError(message, { cause })
}

function notWritten(cause: Error & { readonly code?: unknown }, path: string): Error {
  if (isDenied(cause)) {
    return new InvalidError(
      `Unable to write data to "${path}" (permission denied). Make sure permissions for that pack directory are ` +
        'configured correctly so st2api can write to it.',
      { cause },
    )
  }
  const isWrongPath = ['ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EEXIST'].includes(String(cause.code))
  const message = `Unable to write data to "${path}": ${String(cause.code)}`
  return isWrongPath ? new InvalidError(message, { cause }) : new UnavailableError(message, { cause })
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))
}

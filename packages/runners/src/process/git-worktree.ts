import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { InvalidError } from '@st2/model'
import { INHERITED_ENVIRONMENT } from './inherited-environment.ts'
import { runSession, type SessionEnd } from './run-session.ts'

export interface WorktreeRequest {
  readonly executionId: string
  readonly pack: string
  readonly packPath: string
  /** A commit, a tag or a branch. */
  readonly version: string
  readonly graceMs: number
}

/** A checkout of a pack at one revision, beside the pack itself. */
export interface Worktree {
  readonly path: string
  /** Where a file of the pack is in the checkout. */
  rebase(file: string): string
  remove(): Promise<void>
}

/** @throws InvalidError when the pack is no git repository or has no such revision */
export async function addWorktree(request: WorktreeRequest, signal: AbortSignal): Promise<Worktree> {
  const { pack, version } = request
  // Would be read as an option.
  if (version.startsWith('-')) throw invalidVersion(pack, version)
  const path = await mkdtemp('/tmp/st2-git-worktree-')
  const added = await git(request, ['worktree', 'add', '--detach', path, version], signal)
  if (added.returnCode !== 0) {
    await rm(path, { recursive: true, force: true })
    throw worktreeError(request, added.stderr)
  }
  // The command may run as another user.
  await chmod(path, 0o777)
  const root = await repositoryRoot(request, signal)
  return {
    path,
    rebase: (file) => resolve(path, relative(root, file)),
    remove: async () => {
      await rm(path, { recursive: true, force: true })
      await git(request, ['worktree', 'prune'], new AbortController().signal)
    },
  }
}

/** A pack may be a folder of a larger repository: the checkout is of the whole. */
async function repositoryRoot(request: WorktreeRequest, signal: AbortSignal): Promise<string> {
  const shown = await git(request, ['rev-parse', '--show-prefix'], signal)
  const prefix = shown.stdout.replace(/\n$/, '')
  return prefix === ''
    ? request.packPath
    : resolve(
        request.packPath,
        ...prefix
          .split('/')
          .filter(Boolean)
          .map(() => '..'),
      )
}

/** git may have to read a large repository from a slow disk. */
const GIT_TIMEOUT_MS = 60_000
const GIT_OUTPUT_BYTES = 64 * 1024

/** Hooks are off: a checkout runs no code of the pack. */
function git(request: WorktreeRequest, args: readonly string[], signal: AbortSignal): Promise<SessionEnd> {
  return runSession(
    {
      executionId: request.executionId,
      command: 'git',
      args: ['-c', 'core.hooksPath=/dev/null', '-C', request.packPath, ...args],
      cwd: null,
      env: { ...INHERITED_ENVIRONMENT, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      stdin: null,
      timeoutMs: GIT_TIMEOUT_MS,
      graceMs: request.graceMs,
      maxOutputSize: GIT_OUTPUT_BYTES,
      signalAsRoot: null,
      output: () => undefined,
    },
    signal,
  )
}

function worktreeError({ pack, packPath, version }: WorktreeRequest, stderr: string): InvalidError {
  if (/not a git repository/i.test(stderr)) {
    return new InvalidError(
      `Failed to create git worktree for pack "${pack}": Pack directory "${packPath}" is not a git repository. To ` +
        'utilize this functionality, pack directory needs to be a git repository.',
    )
  }
  if (/invalid reference|not a valid object|unknown revision|not a commit/i.test(stderr))
    return invalidVersion(pack, version)
  return new InvalidError(`Failed to create git worktree for pack "${pack}": ${stderr.trim()}`)
}

function invalidVersion(pack: string, version: string): InvalidError {
  return new InvalidError(
    `Failed to create git worktree for pack "${pack}": Invalid content_version "${version}" provided. Make sure that ` +
      'git repository is up to date and contains that revision.',
  )
}

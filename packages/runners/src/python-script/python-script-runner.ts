import { join } from 'node:path'
import type { PythonRequest, RunIo, RunOutcome, RunRequest, Runner } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { addWorktree } from '../process/git-worktree.ts'
import { followSession } from '../process/run-session.ts'
import { interpreterFor } from '../python/interpreter.ts'
import { modulePaths, needsFreshInterpreter, pythonEnvironment } from '../python/python-environment.ts'
import { type ActionOrder, type PythonProcess, startForked, startFresh } from '../python/python-process.ts'
import { pythonScriptManifest } from './manifest.ts'
import { type PythonParameters, pythonParameters } from './python-parameters.ts'
import { pythonOutcome } from './python-result.ts'

/** Runs a Python class of the pack: in a process forked from a warm Python, or in one of its own by setting. */
export const pythonScriptRunner: Runner = {
  manifest: pythonScriptManifest,
  place: 'host',
  needsToken: true,
  async run(request, io, signal) {
    const { entry_point: file, python } = request
    if (file === null || file === '') {
      throw new InvalidError(`Action "${request.action.name}" is missing entry_point attribute`)
    }
    if (python === undefined) throw new InvalidError('The request names no Python to run the action with')
    const parameters = pythonParameters(request)
    const code = { file, packPath: request.pack_path }
    if (parameters.contentVersion === null) return runAction({ request, python, parameters, code }, io, signal)
    return runVersion(parameters.contentVersion, { request, python, parameters, code }, io, signal)
  },
}

interface PythonRun {
  readonly request: RunRequest
  readonly python: PythonRequest
  readonly parameters: PythonParameters
  /** Where the action's code is: in the pack or in a checkout of it. */
  readonly code: { readonly file: string; readonly packPath: string | null }
}

/** Runs the action as it is in a revision of the pack, from a checkout that exists for this run. */
async function runVersion(version: string, run: PythonRun, io: RunIo, signal: AbortSignal): Promise<RunOutcome> {
  const { execution_id: executionId, action, pack_path: packPath, limits } = run.request
  if (packPath === null) throw new InvalidError(`Pack "${action.pack}" is not on disk`)
  const worktree = await addWorktree(
    { executionId, pack: action.pack, packPath, version, graceMs: limits.kill_grace_ms },
    signal,
  )
  try {
    const code = { file: worktree.rebase(run.code.file), packPath: worktree.rebase(packPath) }
    return await runAction({ ...run, code }, io, signal)
  } finally {
    if (!run.parameters.keepsCheckout) await worktree.remove()
  }
}

async function runAction(run: PythonRun, io: RunIo, signal: AbortSignal): Promise<RunOutcome> {
  const { request, parameters } = run
  const process = await startProcess(run, signal)
  if (process === null) return CANCELED_BEFORE_START
  try {
    const end = await followSession(
      process.leader,
      {
        executionId: request.execution_id,
        timeoutMs: parameters.timeoutSeconds * 1000,
        graceMs: request.limits.kill_grace_ms,
        maxOutputSize: request.limits.max_output_size,
        signalAsRoot: null,
        output: (type, text) => io.output(type, text),
      },
      signal,
    )
    const output = end.reason === 'ended' ? await withinGrace(process.output) : null
    // An answer is sent by an action that has run to its end.
    const isAnswered = end.reason === 'ended' && output !== null && !process.isExitCodeKnown()
    return pythonOutcome(isAnswered ? { ...end, returnCode: 0 } : end, output, parameters.timeoutSeconds)
  } finally {
    process.release()
  }
}

const CANCELED_BEFORE_START: RunOutcome = {
  status: 'canceled',
  result: { error: 'Action canceled before it was started' },
}

/** @returns null when it was canceled before there was a process */
async function startProcess(run: PythonRun, signal: AbortSignal): Promise<PythonProcess | null> {
  const { python, parameters, request } = run
  const interpreter = await interpreterFor(request.action.pack, python.settings)
  const order = orderOf(
    run,
    pythonEnvironment(interpreter, python.settings, parameters.env, platformVariables(request)),
    {
      paths: modulePaths(run.code.packPath, interpreter, python.settings, 'action'),
    },
  )
  if (signal.aborted) return null
  if (python.settings.process === 'fresh' || needsFreshInterpreter(parameters.env))
    return startFresh(interpreter, order)
  try {
    return await startForked(interpreter, python.settings, order, signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}

function orderOf(
  { request, python, parameters, code }: PythonRun,
  env: ActionOrder['env'],
  { paths }: Pick<ActionOrder, 'paths'>,
): ActionOrder {
  return {
    execution_id: request.execution_id,
    pack: request.action.pack,
    file_path: code.file,
    user: request.user,
    config_path: join(python.settings.configs, '%s.yaml'),
    config: python.config,
    parameters: request.action_parameters,
    log_level: parameters.logLevel ?? python.settings.log_level,
    max_result_size: python.settings.max_result_size,
    paths,
    env,
  }
}

/** The API's address and the token under the names that st2client reads, too. */
function platformVariables({ env }: RunRequest): Record<string, string> {
  const { ST2_ACTION_API_URL: url, ST2_ACTION_AUTH_TOKEN: token } = env
  return {
    ...env,
    ...(url !== undefined && { ST2_API_URL: url }),
    ...(token !== undefined && { ST2_AUTH_TOKEN: token }),
  }
}

/** How long an answer may take to be read after its process has ended: a child of it may hold the pipe open. */
const ANSWER_GRACE_MS = 1_000

async function withinGrace(output: Promise<Buffer | null>): Promise<Buffer | null> {
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ANSWER_GRACE_MS)
  try {
    return await Promise.race([output, promise])
  } finally {
    clearTimeout(timer)
  }
}

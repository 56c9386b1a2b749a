import { hostname } from 'node:os'
import { type Action, type ExecutionDocument, InvalidError, type RunnerType, UnavailableError } from '@st2/model'
import type { TokenStore } from '../access/token-store.ts'
import type { PackFiles } from '../content/pack-files.ts'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type {
  PythonRequest,
  PythonSettings,
  RunIo,
  RunLimits,
  Runner,
  RunnerHost,
  RunOutcome,
  RunRequest,
} from '../ports/runner.ts'
import type { ExecutionEvents } from './execution-events.ts'
import type { ExecutionStore } from './execution-store.ts'
import { finishExecution } from './finish-execution.ts'
import type { Outcomes } from './outcomes.ts'
import type { OutputStore } from './output-store.ts'
import { parameterRules } from './parameter-rules.ts'
import type { RenderContexts } from './render-contexts.ts'
import { renderFinal } from './render-parameters.ts'
import type { ResultStore } from './result-store.ts'
import { openParameters } from './seal-parameters.ts'
import type { SnapshotStore } from './snapshot-store.ts'

export interface RunDeps {
  readonly executions: ExecutionStore
  readonly snapshots: SnapshotStore
  readonly results: ResultStore
  readonly outcomes: Outcomes
  readonly outputs: OutputStore
  readonly tokens: TokenStore
  readonly renderContexts: RenderContexts
  readonly packFiles: PackFiles
  readonly sealer: Sealer
  readonly clock: Clock
  readonly log: Log
  readonly runners: ReadonlyMap<string, Runner>
  readonly host: RunnerHost
  readonly events: ExecutionEvents
  /** A pack's configuration as a user sees it, with its secrets. */
  readonly packConfig: (pack: string, user: string) => Promise<Readonly<Record<string, unknown>>>
  readonly settings: RunSettings
}

export interface RunSettings {
  /** Base of ST2_ACTION_API_URL, without trailing slash and version. */
  readonly apiUrl: () => string
  /** `[auth] service_token_ttl`, seconds. */
  readonly serviceTokenTtl: number
  /** `[actionrunner] stream_output` */
  readonly streamOutput: boolean
  readonly systemUser: string | null
  readonly limits: RunLimits
  readonly python: PythonSettings
  readonly version: string
}

/** Runs one claimed execution to its end and writes the outcome. Never rejects for what the action did. */
export async function runExecution(deps: RunDeps, document: ExecutionDocument, signal: AbortSignal): Promise<void> {
  const outcome = await runToOutcome(deps, document, signal)
  await untilAvailable(deps, document, () => finishExecution(deps, document, outcome))
}

/** ms between tries to reach the store. */
const RETRY_MS = 1000

/** An execution is not lost to a full disk or to a database that is away: it goes on when that is over. */
async function untilAvailable<T>(deps: RunDeps, document: ExecutionDocument, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      deps.log.error({ err: error, execution_id: document.id }, 'an execution waits for the store')
      await new Promise<void>((resolve) => deps.clock.after(RETRY_MS, resolve))
    }
  }
}

/** The run itself: what a failed preparation or an empty result comes to is an outcome too. */
export async function runToOutcome(
  deps: RunDeps,
  document: ExecutionDocument,
  signal: AbortSignal,
): Promise<RunOutcome> {
  try {
    const { runner, request, token } = await untilAvailable(deps, document, () => prepare(deps, document))
    try {
      return refuseEmpty(await runWhere(deps, runner)(request, outputTo(deps, document), signal))
    } finally {
      if (token !== null) await revokeToken(deps, document, token)
    }
  } catch (error) {
    return failure(deps, document, error)
  }
}

interface Prepared {
  readonly runner: Runner
  readonly request: RunRequest
  readonly token: IssuedToken | null
}

type IssuedToken = Awaited<ReturnType<TokenStore['issue']>>

/** Everything that asks the store: it may be done again, nothing has run yet. */
async function prepare(deps: RunDeps, document: ExecutionDocument): Promise<Prepared> {
  const action = await deps.snapshots.action(document.action_snapshot)
  const runnerType = await deps.snapshots.runner(document.runner_snapshot)
  const runner = pickRunner(deps, runnerType)
  const token = await issueToken(deps, document, runner)
  return { runner, token, request: await runRequest(deps, document, action, runnerType, token?.token ?? null) }
}

function pickRunner(deps: RunDeps, type: RunnerType): Runner {
  if (!type.enabled) throw new InvalidError(`Runner "${type.name}" has been disabled by the administrator.`)
  const runner = deps.runners.get(type.name)
  if (runner === undefined) throw new InvalidError(`Runner "${type.name}" is not available in this server.`)
  return runner
}

/** Actions call the API in their user's name, with a token that ends with them. */
async function issueToken(deps: RunDeps, document: ExecutionDocument, runner: Runner): Promise<IssuedToken | null> {
  const user = document.context['user']
  if (!runner.needsToken || typeof user !== 'string') return null
  return deps.tokens.issue({
    user,
    ttlSeconds: deps.settings.serviceTokenTtl,
    service: true,
    metadata: {
      service: 'actions_container',
      action_name: document.action_ref,
      live_action_id: document.liveaction_id,
    },
  })
}

/** A token that cannot be revoked now ends by its time: what the action did counts all the same. */
async function revokeToken(deps: RunDeps, document: ExecutionDocument, token: IssuedToken): Promise<void> {
  try {
    await deps.tokens.revoke(token.id)
  } catch (err) {
    deps.log.warn({ err, execution_id: document.id }, 'the token of an action that ended could not be revoked')
  }
}

async function runRequest(
  deps: RunDeps,
  document: ExecutionDocument,
  action: Action,
  runnerType: RunnerType,
  token: string | null,
): Promise<RunRequest> {
  const rules = parameterRules(action, runnerType)
  const stored = openParameters(deps.sealer, document)
  const parameters = await deps.renderContexts.forRun(document.context, action, runnerType, (names) => {
    const scope = { action: action.parameters, runner: runnerType.runner_parameters, effective: rules.effective, names }
    return renderFinal(scope, stored)
  })
  // Most actions have no file of their own: the disk is not asked for them.
  const files = action.entry_point === '' ? NO_FILES : await deps.packFiles.locate(action.pack, action.entry_point)
  return {
    execution_id: document.id,
    liveaction_id: document.liveaction_id,
    runner: runnerType.name,
    action: { ref: action.ref, pack: action.pack, name: action.name, parameters: action.parameters },
    entry_point: files.entryPoint,
    pack_path: files.packPath,
    runner_parameters: parameters.runner,
    action_parameters: parameters.action,
    user: String(document.context['user'] ?? ''),
    env: actionEnvironment(deps.settings, document, action, token, parameters.runner['debug'] === true),
    limits: deps.settings.limits,
    ...(runnerType.name === PYTHON_RUNNER ? { python: await pythonRequest(deps, document, action) } : {}),
    system_user: deps.settings.systemUser,
    version: deps.settings.version,
  }
}

/** Its actions are classes, which are made with the configuration of their pack. */
const PYTHON_RUNNER = 'python-script'

async function pythonRequest(deps: RunDeps, document: ExecutionDocument, action: Action): Promise<PythonRequest> {
  const user = String(document.context['api_user'] ?? document.context['user'] ?? '')
  return { config: await deps.packConfig(action.pack, user), settings: deps.settings.python }
}

const NO_FILES = { packPath: null, entryPoint: null }

/** @source packs-and-runners.md 4.0 */
function actionEnvironment(
  settings: RunSettings,
  document: ExecutionDocument,
  action: Action,
  token: string | null,
  debug: boolean,
): Record<string, string> {
  return {
    ST2_ACTION_PACK_NAME: action.pack,
    ST2_ACTION_EXECUTION_ID: document.id,
    ST2_ACTION_API_URL: `${settings.apiUrl()}/v1`,
    ...(token === null ? {} : { ST2_ACTION_AUTH_TOKEN: token }),
    ST2_ACTION_DEBUG: debug ? 'True' : 'False',
  }
}

function runWhere(deps: RunDeps, runner: Runner): RunnerHost['run'] {
  return runner.place === 'engine' ? runner.run.bind(runner) : deps.host.run.bind(deps.host)
}

function outputTo(deps: RunDeps, document: ExecutionDocument): RunIo {
  const announce = (route: string, payload: unknown): void => {
    deps.events.announceToAll({ route, payload, trace_context: document.context['trace_context'] ?? {} })
  }
  if (!deps.settings.streamOutput) return { output: () => undefined, announce }
  const source = { execution_id: document.id, action_ref: document.action_ref, runner_ref: document.runner_name }
  return {
    announce,
    output(type, data) {
      deps.outputs.append(source, type, data).catch((err: unknown) => {
        deps.log.error({ err, execution_id: document.id }, 'output of a running action could not be stored')
      })
    },
  }
}

/** Upstream calls a run without a result failed. */
function refuseEmpty(outcome: RunOutcome): RunOutcome {
  if (outcome.result !== null && outcome.result !== undefined && outcome.result !== '') return outcome
  return { status: 'failed', result: { error: 'Failed to execute action.', traceback: '' } }
}

function failure(deps: RunDeps, document: ExecutionDocument, error: unknown): RunOutcome {
  deps.log.error({ err: error, execution_id: document.id, action_ref: document.action_ref }, 'action could not be run')
  const message = error instanceof Error ? error.message : String(error)
  const name = error instanceof Error ? error.name : 'Error'
  return { status: 'failed', result: { error: message, traceback: `${name}: ${message}` } }
}

export function runnerInfo(): { hostname: string; pid: number } {
  return { hostname: hostname(), pid: process.pid }
}

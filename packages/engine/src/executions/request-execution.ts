import {
  AccessDeniedError,
  type Action,
  ConflictError,
  type ExecutionDocument,
  type ExecutionOrigin,
  InvalidError,
  isWorkflowRunner,
  type RunnerType,
} from '@st2/model'
import { maskSecrets, SchemaValidationError } from '@st2/schema'
import type { Principal } from '../access/principal.ts'
import type { ActionStore } from '../content/action-store.ts'
import type { RunnerTypeStore } from '../content/runner-type-store.ts'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { ExecutionStore } from './execution-store.ts'
import { NEW_TO_POLICIES } from './policies/policy-queues.ts'
import { effectiveNotify } from './notify/notify-settings.ts'
import { type ParameterRules, parameterRules, refuseImmutable } from './parameter-rules.ts'
import type { RenderContexts, RenderNames } from './render-contexts.ts'
import { type EarlierParameters, type RequestedParameters, renderRequested } from './render-parameters.ts'
import type { ResultStore } from './result-store.ts'
import { sealParameters } from './seal-parameters.ts'
import type { SnapshotStore } from './snapshot-store.ts'

export interface RequestDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly actions: ActionStore
  readonly runnerTypes: RunnerTypeStore
  readonly snapshots: SnapshotStore
  readonly executions: ExecutionStore
  readonly results: ResultStore
  readonly renderContexts: RenderContexts
  readonly sealer: Sealer
  /** Whether a concurrency policy governs the action. */
  readonly isLimited: (actionRef: string) => boolean
  /** Wakes a scheduler; the sweep finds the execution anyway. */
  readonly wakeScheduler: (document: ExecutionDocument) => void
}

/** What somebody wants to run. */
export interface ExecutionOrder {
  /** Made from what caused it: asked for a second time, it is there once. Default: a new one. */
  readonly id?: string | undefined
  readonly action: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What a re-run starts from; `parameters` overlay it. */
  readonly earlier?: EarlierParameters | undefined
  /** Somebody else's name to run under; only for those who may impersonate. */
  readonly user?: string | null | undefined
  /** Free context; who runs it and under which parent is decided here, not by the caller. */
  readonly context?: Readonly<Record<string, unknown>> | undefined
  /** A running execution this one belongs to, as the `st2-context` header names it. */
  readonly parentExecution?: string | undefined
  readonly notify?: Record<string, unknown> | undefined
  readonly callback?: Record<string, unknown> | undefined
  /** ms */
  readonly delay?: number | null | undefined
  readonly origin?: ExecutionOrigin | undefined
  /** What the platform says about why it runs; these keys of the context are not the caller's to set. */
  readonly cause?: Readonly<Record<string, unknown>> | undefined
  /** What templates in `parameters` may name besides. */
  readonly names?: Readonly<Record<string, unknown>> | undefined
  /** Whether a `failed` execution is kept of whatever is wrong with the parameters, not of failing templates alone. */
  readonly keepsRefused?: boolean | undefined
  /** Kept as `context.re-run`. */
  readonly rerunOf?: Readonly<Record<string, unknown>> | undefined
  /** The workflow that wants it done. */
  readonly belongsTo?: Membership | undefined
}

/** Which task of which workflow an execution is run for. */
export interface Membership {
  /** Id of the workflow's execution. */
  readonly parent: string
  readonly workflow_execution?: string
  readonly task_execution?: string
}

/**
 * Accepts an execution: checks who asks and what for, renders and validates the parameters, stores it `requested`
 * and due. Once the promise resolves the execution is durable and will end in a final state, whatever is killed.
 *
 * @throws InvalidError upstream's texts: unknown or disabled action, wrong parameters, failed rendering (in which
 * case a `failed` execution is kept, as upstream does)
 * @throws AccessDeniedError a foreign `user` from somebody who may not impersonate
 * @source st2: st2api/st2api/controllers/v1/actionexecutions.py; rest-api.md 10.2; lessons.md 60, 61
 */
export async function requestExecution(
  deps: RequestDeps,
  principal: Principal,
  order: ExecutionOrder,
): Promise<ExecutionDocument> {
  const request = await acceptRequest(deps, principal, order)
  const parameters = await renderOrRecordFailure(deps, request)
  const document = await newExecution(deps, request, parameters)
  return insertOnce(deps, document)
}

/**
 * An execution that is ready to be stored, for who stores many at once. Values of `earlier` may not set what is immutable.
 * @throws InvalidError as `requestExecution`; nothing is kept of what is refused
 */
export async function prepareExecution(
  deps: RequestDeps,
  principal: Principal,
  order: ExecutionOrder,
): Promise<ExecutionDocument> {
  const request = await acceptRequest(deps, principal, order)
  const parameters = await renderFitting(deps, request)
  if (order.earlier !== undefined) refuseImmutable(request.rules, order.earlier.values)
  return newExecution(deps, request, parameters)
}

/**
 * What an order's parameters come to, secrets masked; nothing is stored and nothing will run.
 * @throws InvalidError as `requestExecution`
 */
export async function previewParameters(
  deps: RequestDeps,
  principal: Principal,
  order: ExecutionOrder,
): Promise<Record<string, unknown>> {
  const request = await acceptRequest(deps, principal, order)
  const { values, tainted } = await renderFitting(deps, request)
  return sealParameters(deps.sealer, values, request.rules.effective, tainted).parameters
}

async function acceptRequest(deps: RequestDeps, principal: Principal, order: ExecutionOrder): Promise<AcceptedRequest> {
  const action = await deps.actions.findByRef(order.action)
  if (action === null) throw new InvalidError(`Action "${order.action}" cannot be found.`)
  const runner = await findRunner(deps, action)
  if (Object.hasOwn(order.parameters, '__proto__')) {
    throw new InvalidError("Additional properties are not allowed ('__proto__' was unexpected)")
  }
  const parent = await findParent(deps, principal, order.parentExecution)
  const context = executionContext(principal, order, action, parent)
  return { action, runner, context, parent, order, rules: parameterRules(action, runner) }
}

/** An order whose id is made from its cause may have been stored by an earlier try. */
async function insertOnce(deps: RequestDeps, document: ExecutionDocument): Promise<ExecutionDocument> {
  try {
    await deps.executions.insert(document)
  } catch (error) {
    const known = error instanceof ConflictError ? await deps.executions.get(document.id) : null
    if (known !== null) return known
    throw error
  }
  deps.wakeScheduler(document)
  return document
}

interface AcceptedRequest {
  readonly action: Action
  readonly runner: RunnerType
  readonly context: Record<string, unknown>
  readonly parent: ExecutionDocument | null
  readonly order: ExecutionOrder
  readonly rules: ParameterRules
}

async function findRunner(deps: RequestDeps, action: Action): Promise<RunnerType> {
  const runner = await deps.runnerTypes.findByName(action.runner_type)
  if (runner === null)
    throw new InvalidError(`RunnerType "${action.runner_type}" of action "${action.ref}" is not found.`)
  return runner
}

/** A child runs as its parent's user, so naming a foreign parent is acting as somebody else. */
async function findParent(
  deps: RequestDeps,
  principal: Principal,
  id: string | undefined,
): Promise<ExecutionDocument | null> {
  if (id === undefined) return null
  const parent = await deps.executions.get(id)
  if (parent === null) throw new InvalidError(`Parent execution "${id}" named in st2-context does not exist.`)
  if (parent.context['user'] === principal.user || principal.mayImpersonate) return parent
  throw new AccessDeniedError(`User "${principal.user}" may not run actions below an execution of another user.`)
}

/** Keys of a context that only the platform sets; a caller's are dropped. */
const RESERVED = [
  'user',
  'pack',
  'parent',
  'rbac',
  'orquesta',
  'chain',
  'workflow_execution',
  'rule',
  'trigger_instance',
  're-run',
  'policies',
  // Whose datastore items templates see.
  'api_user',
]

function executionContext(
  principal: Principal,
  order: ExecutionOrder,
  action: Action,
  parent: ExecutionDocument | null,
): Record<string, unknown> {
  const free = Object.entries(order.context ?? {}).filter(([key]) => !RESERVED.includes(key))
  const context: Record<string, unknown> = {
    ...Object.fromEntries(free),
    user: runningUser(principal, order.user),
    pack: action.pack,
    ...order.cause,
  }
  if (order.rerunOf !== undefined) context['re-run'] = order.rerunOf
  if (parent === null) return context
  return {
    ...context,
    user: parent.context['user'] ?? context['user'],
    parent: { execution_id: parent.id, user: parent.context['user'], pack: parent.context['pack'] },
  }
}

function runningUser(principal: Principal, user: string | null | undefined): string {
  if (user === undefined || user === null || user === '' || user === principal.user) return principal.user
  if (principal.mayImpersonate) return user
  throw new AccessDeniedError(`User "${principal.user}" may not run actions as another user ("user": "${user}").`)
}

async function renderOrRecordFailure(deps: RequestDeps, request: AcceptedRequest): Promise<RequestedParameters> {
  try {
    return await renderFitting(deps, request)
  } catch (error) {
    const { order, action } = request
    const isKept = error instanceof InvalidError && (order.keepsRefused === true || isFailedRendering(error))
    if (isKept && action.enabled) await recordFailure(deps, request, error)
    throw error
  }
}

function isFailedRendering(error: InvalidError): boolean {
  return error.message.startsWith('Failed to render')
}

async function renderFitting(deps: RequestDeps, request: AcceptedRequest): Promise<RequestedParameters> {
  const { action, runner, rules, order, context } = request
  const supplied = order.parameters
  const render = (names: RenderNames): RequestedParameters => {
    const scope = { action: action.parameters, runner: runner.runner_parameters, effective: rules.effective, names }
    return renderRequested(scope, supplied, order.earlier)
  }
  const parameters = await deps.renderContexts.forRequest(
    { context, action, runner, supplied, more: order.names },
    render,
  )
  refuseUnfit(request, parameters)
  return parameters
}

/** Upstream keeps a failed execution of a request whose templates could not be rendered. */
async function recordFailure(deps: RequestDeps, request: AcceptedRequest, error: InvalidError): Promise<void> {
  const { order } = request
  const parameters = { values: { ...order.parameters }, tainted: new Set<string>() }
  const document = await newExecution(deps, request, parameters)
  const timestamp = deps.clock.timestamp()
  const result = await deps.results.keep({ error: error.message, traceback: `${error.name}: ${error.message}` })
  const failed: ExecutionDocument = {
    ...document,
    ...result,
    status: 'failed',
    due_at: undefined,
    end_timestamp: timestamp,
    log: [...document.log, { timestamp, status: 'failed' }],
  }
  await deps.executions.insert(failed).catch((conflict: unknown) => {
    // The same order was refused before.
    if (!(conflict instanceof ConflictError && order.id !== undefined)) throw conflict
  })
}

function refuseUnfit(request: AcceptedRequest, { values, tainted }: RequestedParameters): void {
  const { action, rules } = request
  if (!action.enabled) throw new InvalidError(`Unable to execute. Action "${action.ref}" is disabled.`)
  try {
    rules.validate(values)
  } catch (cause) {
    if (cause instanceof SchemaValidationError) throw unfitValue(cause, request, { values, tainted })
    throw cause
  }
  refuseImmutable(rules, request.order.parameters)
}

/** Upstream's text names the value; a secret one is not named. */
function unfitValue(
  cause: SchemaValidationError,
  request: AcceptedRequest,
  { values, tainted }: RequestedParameters,
): InvalidError {
  const name = String(cause.path[0] ?? '')
  const isDeclared = name in values && maskSecrets(request.rules.effective[name] ?? {}, values[name]) !== values[name]
  const isSecret = isDeclared || tainted.has(name)
  if (!isSecret) return new InvalidError(cause.message, { cause })
  return new InvalidError(`The value of the secret parameter "${name}" does not fit its schema (${cause.keyword}).`)
}

async function newExecution(
  deps: RequestDeps,
  request: AcceptedRequest,
  requested: RequestedParameters,
): Promise<ExecutionDocument> {
  const { action, runner, order, rules } = request
  const [actionSnapshot, runnerSnapshot] = await Promise.all([deps.snapshots.keep(action), deps.snapshots.keep(runner)])
  const timestamp = deps.clock.timestamp()
  const sealed =
    rules.hasSecrets || requested.tainted.size > 0
      ? sealParameters(deps.sealer, requested.values, rules.effective, requested.tainted)
      : { parameters: requested.values, sealed: undefined }
  return {
    liveaction_id: deps.ids.next(),
    id: order.id ?? deps.ids.next(),
    rev: 1,
    status: 'requested',
    action_ref: action.ref,
    runner_name: runner.name,
    action_snapshot: actionSnapshot,
    runner_snapshot: runnerSnapshot,
    action_is_workflow: isWorkflowRunner(runner.name),
    start_timestamp: timestamp,
    parameters: sealed.parameters,
    sealed: sealed.sealed,
    context: request.context,
    notify: effectiveNotify(action, order.notify),
    callback: order.callback,
    parent: request.parent?.id,
    ...order.belongsTo,
    log: [{ timestamp, status: 'requested' }],
    delay: delayOf(order),
    due_at: deps.clock.now() + (delayOf(order) ?? 0),
    policy_queue: deps.isLimited(action.ref) ? NEW_TO_POLICIES : undefined,
    ...order.origin,
  }
}

function delayOf(order: ExecutionOrder): number | undefined {
  const delay = order.delay ?? undefined
  if (delay !== undefined && (!Number.isSafeInteger(delay) || delay < 0)) {
    throw new InvalidError(`"delay" must be a whole number of milliseconds, not ${delay}.`)
  }
  return delay
}

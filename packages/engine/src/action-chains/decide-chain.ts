import { readFile, stat } from 'node:fs/promises'
import { type Action, type CompletedStatus, type ExecutionDocument, InvalidError, isCompleted } from '@st2/model'
import type { ActionStore } from '../content/action-store.ts'
import type { ConfigSecret } from '../content/pack-config.ts'
import type { PackFiles } from '../content/pack-files.ts'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'
import { parameterRules } from '../executions/parameter-rules.ts'
import type { RenderContexts } from '../executions/render-contexts.ts'
import { renderFinal } from '../executions/render-parameters.ts'
import { secretParts } from '../executions/result-secrets.ts'
import { openParameters, sealedNames } from '../executions/seal-parameters.ts'
import type { SnapshotStore } from '../executions/snapshot-store.ts'
import {
  type ChainDefinition,
  type ChainTask,
  findTask,
  parseChain,
  startTask,
  unreadable,
} from './chain-definition.ts'
import { type ChainDecision, type ChainEnd, type ChainEntry, type ChainState, nestedResult } from './chain-state.ts'
import { namesIn, RenderFailure, renderMapping } from './render-mapping.ts'

export interface DecideDeps {
  readonly actions: ActionStore
  readonly packFiles: PackFiles
  readonly snapshots: SnapshotStore
  readonly renderContexts: RenderContexts
  readonly lookUps: TemplateLookUps
  readonly sealer: Sealer
  readonly keepDefinition: (text: string) => Promise<string>
  /** A pack's configuration as a user sees it. */
  readonly packConfig: (pack: string, user: string) => Promise<ChainConfig>
  /** `[workflow_engine] max_definition_size`, bytes. */
  readonly maxDefinitionSize: number
  /** `[workflow_engine] max_chain_tasks`: a loop without an end is stopped there. */
  readonly maxTasks: number
}

export interface ChainConfig {
  readonly values: Readonly<Record<string, unknown>>
  readonly secrets: readonly ConfigSecret[]
}

/** What a chain begins with. What is wrong with it before a task ran is the whole of its result. */
export async function decideBegin(deps: DecideDeps, execution: ExecutionDocument): Promise<ChainDecision> {
  const parameters = await finalParameters(deps, execution)
  const action = await deps.snapshots.action(execution.action_snapshot)
  const { text, chain } = await readDefinition(deps, action)
  const first = startTask(chain)
  if (first === null) throw new InvalidError(`Failed to find default node in ${action.ref}.`)
  const { values, skipsNotify, showsPublished } = parameters
  const definition = await deps.keepDefinition(text)
  const begin = { definition, parameters: values, vars: {}, skipsNotify, showsPublished, maxTasks: deps.maxTasks }
  const { environment } = deps.lookUps
  try {
    const vars = await deps.lookUps.evaluate(userOf(execution), ({ st2kv }) =>
      renderMapping(chain.vars, { ...values, st2kv }, environment),
    )
    const secret = [...parameters.secret, ...taintedNames(deps, chain.vars, new Set(parameters.secret))]
    const names = { parameters: values, vars, results: {}, secret: new Set(secret) }
    return { begin: { ...begin, vars }, secret, ...(await stepTo(deps, execution, action, names, first)) }
  } catch (error) {
    if (!(error instanceof RenderFailure)) throw error
    const reason = reasonOf(deps, error, new Set(parameters.secret))
    return { begin, next: null, end: failed('Failed initializing ``vars`` in chain.', reason) }
  }
}

export interface EndedTask {
  readonly entry: ChainEntry
  readonly result: unknown
  /** The result without what is secret in it. @default the result */
  readonly shown?: unknown
  readonly isInquiry?: boolean
}

/** What follows when a task has ended. */
export async function decideNext(
  deps: DecideDeps,
  execution: ExecutionDocument,
  chain: ChainDefinition,
  state: ChainState,
  ended: EndedTask,
): Promise<ChainDecision> {
  const { entry, isInquiry = false } = ended
  const result = isInquiry ? nestedResult(ended.result) : ended.result
  const task = findTask(chain, entry.name)
  const hasSucceeded = entry.state === 'succeeded'
  if (entry.state === 'canceled' || task === null) return { entry, next: null, end: { status: 'canceled' } }
  // Whatever names a task whose result is a secret in part is made of a secret.
  const tellsSecret = ended.shown !== undefined && secretParts(ended.result, ended.shown).length > 0
  const known = tellsSecret ? new Set([...state.secret, entry.name]) : state.secret
  const published = hasSucceeded ? await publish(deps, execution, task, state, result) : {}
  if (published instanceof RenderFailure) {
    const message = reasonOf(deps, published, known)
    return { entry, next: null, end: { status: 'failed', error: message, traceback: message, isBare: true } }
  }
  const news = {
    entry,
    isInquiry,
    published,
    secret: [...(tellsSecret ? [entry.name] : []), ...taintedNames(deps, hasSucceeded ? task.publish : {}, known)],
  }
  const name = hasSucceeded ? task.onSuccess : task.onFailure
  if (name === '') return { ...news, next: null, end: { status: endOf(entry.state) } }
  const target = findTask(chain, name)
  if (target === null) {
    const why = `Unable to find node with name "${name}".`
    return { ...news, next: null, end: failed(`Failed to get next node "${entry.name}".`, why) }
  }
  if (state.rows >= state.maxTasks) {
    const why = `It ran ${state.maxTasks} tasks, the most ([workflow_engine] max_chain_tasks).`
    return { ...news, next: null, end: failed('The chain was stopped.', why) }
  }
  const action = await deps.snapshots.action(execution.action_snapshot)
  const after = withResult(state, news, result)
  return { ...news, ...(await stepTo(deps, execution, action, after, target)) }
}

interface Names {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly results: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, unknown>>
  readonly secret: ReadonlySet<string>
}

function withResult(
  state: ChainState,
  { entry, published, secret }: { entry: ChainEntry; published: Record<string, unknown>; secret: readonly string[] },
  result: unknown,
): Names {
  return {
    parameters: state.parameters,
    results: { ...state.results, [entry.name]: result },
    vars: { ...state.vars, ...published },
    secret: new Set([...state.secret, ...secret]),
  }
}

async function readDefinition(deps: DecideDeps, action: Action): Promise<{ text: string; chain: ChainDefinition }> {
  const { entryPoint } = await deps.packFiles.locate(action.pack, action.entry_point)
  if (entryPoint === null) throw unreadable(action.entry_point, 'the file is not there.')
  const { size } = await stat(entryPoint)
  if (size > deps.maxDefinitionSize) {
    const limit = `${deps.maxDefinitionSize} ([workflow_engine] max_definition_size)`
    throw unreadable(action.entry_point, `the file has ${size} bytes, more than ${limit}.`)
  }
  const text = await readFile(entryPoint, 'utf8')
  return { text, chain: parseChain(text, action.entry_point) }
}

interface ChainParameters {
  readonly values: Record<string, unknown>
  /** Names of the secret ones. */
  readonly secret: readonly string[]
  readonly skipsNotify: readonly string[]
  readonly showsPublished: boolean
}

async function finalParameters(deps: DecideDeps, execution: ExecutionDocument): Promise<ChainParameters> {
  const action = await deps.snapshots.action(execution.action_snapshot)
  const runner = await deps.snapshots.runner(execution.runner_snapshot)
  const { effective } = parameterRules(action, runner)
  const stored = openParameters(deps.sealer, execution)
  const final = await deps.renderContexts.forRun(execution.context, action, runner, (names) =>
    renderFinal({ action: action.parameters, runner: runner.runner_parameters, effective, names }, stored),
  )
  const declared = Object.keys(effective).filter((name) => effective[name]?.secret === true)
  const { skip_notify: skipped, display_published: shown } = final.runner
  return {
    values: final.action,
    secret: [...new Set([...declared, ...sealedNames(deps.sealer, execution)])],
    skipsNotify: Array.isArray(skipped) ? skipped.map(String) : [],
    showsPublished: shown !== false,
  }
}

/** @source packs-and-runners.md 6 */
async function stepTo(
  deps: DecideDeps,
  execution: ExecutionDocument,
  chainAction: Action,
  names: Names,
  task: ChainTask,
): Promise<Pick<ChainDecision, 'next' | 'end'>> {
  const action = await deps.actions.findByRef(task.ref)
  if (action === null) {
    const message = `Failed to run task "${task.name}". Action with reference "${task.ref}" doesn't exist.`
    return { next: null, end: failed(message, `Unable to find action "${task.ref}".`) }
  }
  try {
    const { parameters, configured } = await renderParameters(deps, execution, chainAction, names, task)
    const secret = [...new Set([...taintedNames(deps, task.params, names.secret), ...configured])]
    return { next: { task: task.name, action: task.ref, parameters, secret }, end: null }
  } catch (error) {
    if (!(error instanceof RenderFailure)) throw error
    const message = `Failed to run task "${task.name}". Parameter rendering failed.`
    const reason =
      `Failed rendering value for action parameter "${error.key}" in task "${task.name}" ` +
      `(template string=${error.value}): ${reasonOf(deps, error, names.secret)}`
    return { next: null, end: failed(message, reason) }
  }
}

async function renderParameters(
  deps: DecideDeps,
  execution: ExecutionDocument,
  chainAction: Action,
  { parameters, results, vars }: Names,
  task: ChainTask,
): Promise<{ parameters: Record<string, unknown>; configured: string[] }> {
  const user = userOf(execution)
  const mentionsConfig = JSON.stringify(task.params).includes('config_context')
  const config = mentionsConfig ? await deps.packConfig(chainAction.pack, user) : NO_CONFIG
  const parent = { ...execution.context, execution_id: execution.id }
  const rendered = await deps.lookUps.evaluate(user, ({ st2kv }) => {
    const names = {
      ...parameters,
      ...results,
      ...vars,
      __results: results,
      st2kv,
      action_context: { parent },
      config_context: config.values,
    }
    return renderMapping(task.params, names, deps.lookUps.environment)
  })
  return { parameters: rendered, configured: Object.keys(rendered).filter((name) => holds(config, rendered[name])) }
}

const NO_CONFIG: ChainConfig = { values: {}, secrets: [] }
/** Shorter texts would taint what only happens to hold them. */
const SHORTEST_SECRET = 4

function holds({ secrets }: ChainConfig, value: unknown): boolean {
  const text = JSON.stringify(value) ?? ''
  return secrets.some(
    ({ text: secret }) => secret.length >= SHORTEST_SECRET && text.includes(JSON.stringify(secret).slice(1, -1)),
  )
}

async function publish(
  deps: DecideDeps,
  execution: ExecutionDocument,
  task: ChainTask,
  { parameters, results, vars }: ChainState,
  result: unknown,
): Promise<Record<string, unknown> | RenderFailure> {
  try {
    return await deps.lookUps.evaluate(userOf(execution), ({ st2kv }) => {
      const all = { ...results, [task.name]: result }
      const names = { ...parameters, ...all, ...vars, __results: all, st2kv }
      return renderMapping(task.publish, names, deps.lookUps.environment)
    })
  } catch (error) {
    if (error instanceof RenderFailure) return error
    throw error
  }
}

/** Names of a mapping whose templates decipher something, or use a value that holds a secret. */
function taintedNames(
  { lookUps }: DecideDeps,
  templates: Readonly<Record<string, unknown>>,
  secret: ReadonlySet<string>,
): string[] {
  return Object.keys(templates).filter((key) => {
    const text = JSON.stringify(templates[key]) ?? ''
    if (text.includes('decrypt_kv')) return true
    return secret.size > 0 && namesIn(templates[key], lookUps.environment).some((name) => secret.has(name))
  })
}

/** Whoever the chain runs for: their datastore items are meant. */
function userOf({ context }: ExecutionDocument): string {
  return String(context['api_user'] ?? context['user'] ?? '')
}

/** Of a chain, by the status of its last task. */
function endOf(state: string): CompletedStatus {
  if (state === 'succeeded' || state === 'timeout' || state === 'canceled') return state
  return 'failed'
}

/** What a failing filter says may quote its argument: not when that is made of a secret. */
function reasonOf(deps: DecideDeps, failure: RenderFailure, secret: ReadonlySet<string>): string {
  const isTold = taintedNames(deps, { [failure.key]: failure.value }, secret).length === 0
  return isTold ? failure.message : 'it could not be rendered (a secret took part)'
}

function failed(message: string, reason: string): ChainEnd {
  return { status: 'failed', error: `${message}. ${reason}`, traceback: reason }
}

export function entryOf(task: string, child: ExecutionDocument, updatedAt: string): ChainEntry {
  return {
    id: task,
    name: task,
    execution_id: child.id,
    liveaction_id: child.liveaction_id,
    workflow: null,
    created_at: withOffset(child.start_timestamp),
    updated_at: withOffset(isCompleted(child.status) ? (child.end_timestamp ?? updatedAt) : updatedAt),
    state: child.status,
  }
}

/** Of a task whose action was not accepted. */
export function refusedEntry(task: string, at: string): ChainEntry {
  const time = withOffset(at)
  return {
    id: task,
    name: task,
    execution_id: null,
    liveaction_id: null,
    workflow: null,
    created_at: time,
    updated_at: time,
    state: 'failed',
  }
}

/** As Python writes it. */
function withOffset(timestamp: string): string {
  return timestamp.replace(/Z$/, '+00:00')
}

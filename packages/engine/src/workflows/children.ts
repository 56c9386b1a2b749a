import { ConflictError, type ExecutionDocument, InvalidError } from '@st2/model'
import { str } from '@st2/python-values'
import { onBehalfOf } from '../access/principal.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { CastError } from '../executions/cast-parameters.ts'
import { prepareExecution, type RequestDeps } from '../executions/request-execution.ts'
import type { ResultStore } from '../executions/result-store.ts'
import { type RunDeps, runnerInfo, runToOutcome } from '../executions/run-execution.ts'
import { type WakeDeps, wakeWorkers } from '../executions/wake-workers.ts'
import { type ChildOf, childOrder } from './child-orders.ts'
import { deepRerun } from './deep-rerun.ts'
import type { StartEffect } from './journal-rows.ts'

export interface ChildDeps extends WakeDeps {
  readonly requestDeps: RequestDeps
  readonly runDeps: RunDeps
  readonly executions: ExecutionStore
  readonly results: ResultStore
}

/** An action that could not be asked for. */
export interface RefusedChild {
  readonly start: StartEffect
  /** `<Class>: <text>`, as upstream writes it. */
  readonly message: string
}

export interface PreparedChild {
  readonly start: StartEffect
  readonly document: ExecutionDocument
  /** Already over: what it does changes nothing, so it ran at once. It is not stored yet. */
  readonly isOver: boolean
}

/**
 * Makes executions of what a workflow decided to start. Their ids follow from the decision, so that storing them again meets the
 * first; what is to run now and is under no policy needs no scheduler.
 */
export class Children {
  readonly #deps: ChildDeps
  readonly #of: ChildOf
  readonly #delays: ReadonlySet<string>

  /** @param delays ids of the starts whose delay counts */
  constructor(deps: ChildDeps, of: ChildOf, delays: ReadonlySet<string>) {
    this.#deps = deps
    this.#of = of
    this.#delays = delays
  }

  /** Whether running it before its start is stored changes nothing. */
  async hasNoEffect({ action, delay }: StartEffect): Promise<boolean> {
    if (delay !== null && delay > 0) return false
    const { requestDeps, runDeps } = this.#deps
    const found = await requestDeps.actions.findByRef(str(action))
    if (found === null || requestDeps.isLimited(found.ref)) return false
    return runDeps.runners.get(found.runner_type)?.hasNoEffect === true
  }

  async prepare(start: StartEffect): Promise<PreparedChild | RefusedChild> {
    try {
      const document = await this.#document(start)
      const isOver = this.#runsAtOnce(document)
      return { start, document: isOver ? await this.#ran(document) : document, isOver }
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      return { start, message: refusal(error) }
    }
  }

  /** Stores those that are not stored yet, and wakes who is to work on them. */
  async store(documents: readonly ExecutionDocument[]): Promise<void> {
    if (documents.length === 0) return
    try {
      await this.#deps.executions.insertAll(documents)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await this.#storeMissing(documents)
    }
    wakeWorkers(this.#deps, documents)
  }

  async #document(start: StartEffect): Promise<ExecutionDocument> {
    const { requestDeps } = this.#deps
    const delayMs = this.#delayOf(start)
    const action = await requestDeps.actions.findByRef(str(start.action))
    if (action === null) throw new InvalidError(`Unable to find action "${str(start.action)}".`)
    const rerun = await deepRerun(this.#deps.executions, this.#of, start)
    const order = { ...childOrder(this.#of, start, delayMs), ...rerun }
    const document = await prepareExecution(requestDeps, onBehalfOf(this.#of.execution.context['user']), order)
    const notify = order.notify === undefined ? undefined : document.notify
    return delayMs === undefined && document.policy_queue === undefined
      ? { ...document, notify, status: 'scheduled', log: this.#logged(document, 'scheduled') }
      : { ...document, notify }
  }

  #delayOf({ id, delay }: StartEffect): number | undefined {
    if (delay === null || !(delay > 0) || !this.#delays.has(id)) return undefined
    return Math.round(delay * 1000)
  }

  #runsAtOnce({ status, runner_name }: ExecutionDocument): boolean {
    return status === 'scheduled' && this.#deps.runDeps.runners.get(runner_name)?.hasNoEffect === true
  }

  async #ran(document: ExecutionDocument): Promise<ExecutionDocument> {
    const running = { ...document, status: 'running', log: this.#logged(document, 'running') } as const
    const { status, result } = await runToOutcome(this.#deps.runDeps, running, new AbortController().signal)
    const end_timestamp = this.#deps.requestDeps.clock.timestamp()
    return {
      ...running,
      ...(await this.#deps.results.keep(result)),
      runner_info: runnerInfo(),
      due_at: undefined,
      status,
      end_timestamp,
      log: [...running.log, { timestamp: end_timestamp, status }],
    }
  }

  #logged({ log }: ExecutionDocument, status: ExecutionDocument['status']): ExecutionDocument['log'] {
    return [...log, { timestamp: this.#deps.requestDeps.clock.timestamp(), status }]
  }

  async #storeMissing(documents: readonly ExecutionDocument[]): Promise<void> {
    const { executions } = this.#deps
    const known = new Set((await executions.findByIds(documents.map(({ id }) => id))).map(({ id }) => id))
    for (const document of documents.filter(({ id }) => !known.has(id))) {
      try {
        await executions.insert(document)
      } catch (error) {
        // Another engine has just stored it.
        if (!(error instanceof ConflictError)) throw error
      }
    }
  }
}

export function isPrepared(child: PreparedChild | RefusedChild): child is PreparedChild {
  return 'document' in child
}

function refusal(error: InvalidError): string {
  const type = upstreamClass(error.message)
  const isNamed = error instanceof CastError && type === 'ValueValidationException'
  return `${type}: ${error.message}${isNamed ? ` for parameter "${error.parameter}"` : ''}`
}

/** Upstream's class for what is wrong with a request. @source st2: st2common/st2common/services/workflows.py request_action_execution */
function upstreamClass(message: string): string {
  if (message.startsWith('Unable to find action')) return 'InvalidActionReferencedException'
  if (/^(?:Failed to render|Dependency unsatisfied|Cyclic dependency)/.test(message)) return 'ParamException'
  if (/must either be a string or None|^Unable to execute|^Override of immutable/.test(message)) return 'ValueError'
  return 'ValueValidationException'
}

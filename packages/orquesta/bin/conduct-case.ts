import { type Dict, entriesOf, isDict, PythonError, sizeOf } from '@st2/python-values'
import {
  ALL_DEFECTS,
  actionEvent,
  type ActionRequest,
  Conductor,
  InvalidTaskRerunRequestError,
  InvalidWorkflowStatusTransitionError,
  itemActionEvent,
  loadWorkflow,
  NotRerunnableError,
  type TaskRequest,
} from '../src/index.ts'
import type { CaseRequest, ConductCase } from './case-format.ts'
import { FIELD_OPTIONS, workflowExpressions } from './expressions.ts'

/** No case has more; one that does never ends. */
const MAX_STEPS = 400

export interface CaseAnswer {
  steps: Record<string, unknown>[]
  [field: string]: unknown
}

/** An action that runs. */
interface Running {
  task: string
  route: number
  item: number | null
  before: string[]
  status: string
  result: unknown
}

/** Conducts one case as the protocol says: actions run in a queue and end as the case wants it. */
export function conductCase(given: ConductCase): CaseAnswer {
  return new CaseRun(given).conduct()
}

class CaseRun {
  readonly #case: ConductCase
  readonly #requests: CaseRequest[]
  readonly #steps: Record<string, unknown>[] = []
  readonly #queue: Running[] = []
  readonly #starts = new Map<string, number>()
  #turn = 0

  constructor(given: ConductCase) {
    this.#case = given
    this.#requests = [...given.requests]
  }

  conduct(): CaseAnswer {
    try {
      const { context, inputs, spec } = this.#case
      const conductor = Conductor.start(loadWorkflow(spec), {
        context,
        inputs,
        expressions: workflowExpressions,
        kept: ALL_DEFECTS,
        surroundings: FIELD_OPTIONS,
      })
      if (conductor.status !== 'failed') {
        conductor.requestStatus('running')
        this.#loop(conductor)
      }
      return { steps: this.#steps, ...endOf(conductor) }
    } catch (error) {
      if (error instanceof EndlessCaseError) return { steps: this.#steps, endless: true }
      if (error instanceof PythonError) return { steps: this.#steps, raised: textOf(error) }
      throw error
    }
  }

  #loop(conductor: Conductor): void {
    for (;;) {
      for (let request = this.#dueRequest(); request !== undefined; request = this.#dueRequest()) {
        this.#request(conductor, request)
      }
      this.#start(conductor)
      const running = this.#queue.shift()
      if (running !== undefined) {
        this.#end(conductor, running)
        this.#turn++
      } else if (this.#requests[0] !== undefined) this.#turn = this.#requests[0].at
      else return
    }
  }

  #dueRequest(): CaseRequest | undefined {
    const [first] = this.#requests
    return first !== undefined && first.at <= this.#turn ? this.#requests.shift() : undefined
  }

  #request(conductor: Conductor, request: CaseRequest): void {
    const step: Record<string, unknown> = { request: request.do }
    try {
      if (request.do === 'rerun') conductor.requestRerun(request.tasks, FIELD_OPTIONS)
      else conductor.requestStatus(WANTED[request.do], FIELD_OPTIONS)
    } catch (error) {
      if (!isRefusal(error)) throw error
      step.error = textOf(error)
    }
    this.#add(conductor, step)
  }

  #start(conductor: Conductor): void {
    for (;;) {
      const tasks = conductor.nextTasks(FIELD_OPTIONS)
      if (tasks.length === 0) {
        conductor.renderOutput(FIELD_OPTIONS)
        return
      }
      const idle = tasks.filter((task) => this.#startTask(conductor, task))
      for (const { id, route } of idle) {
        const entry = conductor.updateTask(id, route, actionEvent('succeeded'), FIELD_OPTIONS)
        this.#add(conductor, { end: id, route, status: 'succeeded', task: entry.status ?? null })
      }
    }
  }

  /** @returns whether the task has nothing to run */
  #startTask(conductor: Conductor, task: TaskRequest): boolean {
    const actions: (ActionRequest | null)[] = task.actions.length === 0 ? [null] : task.actions
    for (const action of actions) {
      const item = action?.item ?? null
      const event = item === null ? actionEvent('running') : itemActionEvent(item, 'running')
      conductor.updateTask(task.id, task.route, event, FIELD_OPTIONS)
      this.#add(conductor, startStep(task, action))
      if ((action?.action ?? null) !== null) this.#queue.push(this.#running(task, item))
    }
    return actions.some((action) => (action?.action ?? null) === null)
  }

  #running({ id, route }: TaskRequest, item: number | null): Running {
    const key = JSON.stringify([id, item])
    const attempt = this.#starts.get(key) ?? 0
    this.#starts.set(key, attempt + 1)
    return { task: id, route, item, ...this.#case.outcome(id, attempt, item) }
  }

  #end(conductor: Conductor, running: Running): void {
    const { task, route, item, before } = running
    const [early, ...later] = before
    if (early !== undefined) this.#queue.push({ ...running, before: later })
    const status = early ?? running.status
    const result = early === undefined ? running.result : null
    const event = item === null ? actionEvent(status, result) : itemActionEvent(item, status, result)
    const entry = conductor.updateTask(task, route, event, FIELD_OPTIONS)
    const step: Record<string, unknown> = { end: task, route, status, task: entry.status ?? null }
    if (item !== null) step.item = item
    this.#add(conductor, step)
  }

  #add(conductor: Conductor, step: Record<string, unknown>): void {
    conductor.renderOutput(FIELD_OPTIONS)
    step.workflow = conductor.status
    this.#steps.push(step)
    if (this.#steps.length > MAX_STEPS) throw new EndlessCaseError()
  }
}

class EndlessCaseError extends Error {
  override readonly name = 'EndlessCaseError'
}

const WANTED = { pause: 'paused', resume: 'resuming', cancel: 'canceled' } as const

function isRefusal(error: unknown): error is PythonError {
  return (
    error instanceof InvalidWorkflowStatusTransitionError ||
    error instanceof NotRerunnableError ||
    error instanceof InvalidTaskRerunRequestError
  )
}

function startStep(task: TaskRequest, action: ActionRequest | null): Record<string, unknown> {
  const input = action?.input ?? null
  const step: Record<string, unknown> = {
    start: task.id,
    route: task.route,
    action: action?.action ?? null,
    input: isDict(input) && sizeOf(input) === 0 ? null : input,
    delay: task.delay ?? 0,
  }
  if (task.items === null) return step
  return { ...step, item: action?.item ?? null, items: task.items.count, concurrency: task.items.concurrency }
}

function endOf(conductor: Conductor): Record<string, unknown> {
  const { state } = conductor
  return {
    status: state.status,
    output: state.output,
    errors: state.errors.entries,
    tasks: state.sequence.map(({ id, route, status }) => [id, route, status ?? null]),
    ...(hasMergedMappings(state.contexts) ? {} : { contexts: state.contexts }),
  }
}

/** Upstream changes contexts where it merges mappings of one name: what they hold then can not be compared. */
function hasMergedMappings(contexts: readonly Dict[]): boolean {
  const names = contexts.flatMap((context) =>
    entriesOf(context).flatMap(([name, value]) => (isDict(value) ? [name] : [])),
  )
  return new Set(names).size < names.length
}

function textOf(error: PythonError): string {
  return `${error.pythonType}: ${error.message}`
}

import { type Dict, getKey } from '@st2/python-values'
import type { Budget } from '../limits.ts'
import { type LookUpAnswer, type LookUpRequest, MissingAnswerError } from './look-ups.ts'

/** What a caller gives for one field. */
export interface FieldOptions {
  /** Answers to look-ups. @default none: the first one ends the evaluation in a MissingAnswerError */
  lookUp?: (request: LookUpRequest) => LookUpAnswer
  /** Values in [0, 1); without it what is random fails. */
  random?: () => number
  /** The present in microseconds since 1970 UTC; without it asking for it ends in a MissingKeyError. */
  now?: () => number
}

/** Where a function of workflows finds the workflow's data: the field it is called in, or what is piped into it. */
export interface ContextSource {
  /** `__vars`, `__state`, `__current_task`, `__current_item`. */
  readonly context: unknown
  /** `__vars` of it, for functions that need nothing else. */
  readonly variables: unknown
}

/** For functions that see nothing of a workflow. */
export const NO_CONTEXT: ContextSource = { context: null, variables: null }

/** One evaluation of a field: what its expressions see and may use. What few of them ask for is made when it is asked for. */
export class Field implements ContextSource {
  readonly data: Dict
  /** Shared by all expressions of the field and those that their values hold. */
  readonly budget: Budget
  readonly lookUp: (request: LookUpRequest) => LookUpAnswer
  readonly random: (() => number) | undefined
  readonly now: (() => number) | undefined
  /** Whether the data are a copy made for this evaluation, which its expressions may change. */
  readonly ownsData: boolean
  #context: Record<string, unknown> | null = null

  constructor(data: Dict, budget: Budget, options: FieldOptions, ownsData: boolean) {
    this.data = data
    this.budget = budget
    this.ownsData = ownsData
    this.lookUp = options.lookUp ?? unanswered
    this.random = options.random
    this.now = options.now
  }

  /** `__vars` is the whole context of the workflow, the others are taken from it. */
  get context(): Record<string, unknown> {
    this.#context ??= {
      __vars: this.data,
      __state: this.#own('__state'),
      __current_task: this.#own('__current_task'),
      __current_item: this.#own('__current_item'),
    }
    return this.#context
  }

  get variables(): Dict {
    return this.data
  }

  #own(name: string): unknown {
    return getKey(this.data, name) ?? null
  }
}

/** The field that a function of workflows is called in. @param host of the evaluation */
export function fieldOf(host: unknown): Field {
  if (host instanceof Field) return host
  throw new TypeError('a function of workflows was called outside of a field of a workflow')
}

function unanswered(request: LookUpRequest): LookUpAnswer {
  throw new MissingAnswerError(request)
}

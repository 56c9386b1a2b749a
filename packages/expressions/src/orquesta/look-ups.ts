import { MissingKeyError } from '../missing-key.ts'

/** What a function of the platform must have looked up before an evaluation can go on. */
export type LookUpRequest =
  | { source: 'st2kv'; user: string; key: string; decrypt: boolean }
  | { source: 'task'; workflowExecution: string; task: string; route: number }

export type LookUpAnswer =
  | { kind: 'value'; value: unknown }
  | { kind: 'absent' }
  /** The user of the workflow is not known; the reason. */
  | { kind: 'unknown-user'; reason: string }
  | { kind: 'failed'; reason: string }

/** Ends an evaluation that needs an answer it was not given: the caller gets it and evaluates again. */
export class MissingAnswerError extends MissingKeyError {
  readonly request: LookUpRequest

  constructor(request: LookUpRequest) {
    super(request.source, request.source === 'st2kv' ? request.key : request.task)
    this.request = request
  }
}

/** Answers that were fetched so far, by request. They can be written down with the evaluation, which is then repeatable. */
export class LookUpAnswers {
  readonly #answers = new Map<string, LookUpAnswer>()

  get size(): number {
    return this.#answers.size
  }

  add(request: LookUpRequest, answer: LookUpAnswer): void {
    this.#answers.set(identity(request), answer)
  }

  /** @throws MissingAnswerError */
  find(request: LookUpRequest): LookUpAnswer {
    const answer = this.#answers.get(identity(request))
    if (answer === undefined) throw new MissingAnswerError(request)
    return answer
  }
}

function identity(request: LookUpRequest): string {
  return request.source === 'st2kv'
    ? JSON.stringify(['st2kv', request.user, request.key, request.decrypt])
    : JSON.stringify(['task', request.workflowExecution, request.task, request.route])
}

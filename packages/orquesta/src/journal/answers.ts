import { type LookUpAnswer, LookUpAnswers, type LookUpRequest } from '@st2/expressions'
import type { RecordedAnswer } from './run-event.ts'

/** The answers given for an event, of which those are recorded that were used. */
export class EventAnswers {
  readonly #known = new LookUpAnswers()
  readonly #used = new Map<string, RecordedAnswer>()

  constructor(given: readonly RecordedAnswer[]) {
    for (const { request, answer } of given) this.#known.add(request, answer)
  }

  /** @throws MissingAnswerError for what must be fetched first */
  readonly lookUp = (request: LookUpRequest): LookUpAnswer => {
    const answer = this.#known.find(request)
    this.#used.set(JSON.stringify(request), { request, answer })
    return answer
  }

  get used(): RecordedAnswer[] {
    return [...this.#used.values()]
  }
}

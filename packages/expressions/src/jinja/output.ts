import type { Budget } from '../limits.ts'

/** The text of a rendering, piece by piece, bounded by the budget. */
export class Output {
  readonly #budget: Budget
  readonly #pieces: string[] = []
  #length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  write(text: string): void {
    this.#length += text.length
    this.#budget.requireLength(this.#length)
    this.#pieces.push(text)
  }

  text(): string {
    return this.#pieces.join('')
  }
}

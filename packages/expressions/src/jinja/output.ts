import { PythonTypeError, typeName } from '@st2/python-values'
import type { Budget } from '../limits.ts'
import { Markup } from './objects.ts'
import { weigh } from './weight.ts'

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
    weigh(this.#budget, text)
    this.#pieces.push(text)
  }

  /** What a filter or a call made of a block: nothing but text can stand in a template. */
  writeResult(value: unknown): void {
    const text = value instanceof Markup ? value.text : value
    if (typeof text === 'string') return this.write(text)
    throw new PythonTypeError(`sequence item ${this.#pieces.length}: expected str instance, ${typeName(value)} found`)
  }

  text(): string {
    return this.#pieces.join('')
  }
}

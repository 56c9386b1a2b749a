import type { OutputPiece } from '../../api/stream/output-protocol.ts'
import { LogBuffer } from '../../ui/output/log-buffer.ts'
import type { TimedLine } from './merge-log.ts'

/** What one execution printed, line by line, with the time of each. */
export class CollectedOutput {
  readonly #buffer = new LogBuffer()
  readonly #times: number[] = []
  /** As they were asked for last, while nothing more is printed: whoever has ended costs nothing. */
  #told: readonly TimedLine[] | null = null

  append({ stream, data, timestamp }: OutputPiece): void {
    const dropped = this.#buffer.dropped
    this.#buffer.append(stream, data)
    this.#told = null
    const at = Date.parse(timestamp)
    // What is dropped from the beginning takes its times along.
    this.#times.splice(0, this.#buffer.dropped - dropped)
    while (this.#times.length < this.#buffer.lines.length) this.#times.push(at)
  }

  get lines(): readonly TimedLine[] {
    this.#told ??= this.#buffer.lines.map((line, index) => ({ ...line, at: this.#times[index] ?? 0 }))
    return this.#told
  }

  get count(): number {
    return this.#buffer.lines.length
  }
}

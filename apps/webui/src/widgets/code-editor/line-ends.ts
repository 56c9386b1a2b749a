import { type TextChange, TextLines } from '@st2/designer'

/**
 * CodeMirror counts every end of a line as one character. This maps between a text as it is written, whatever its line ends,
 * and as it is shown.
 */
export class LineEnds {
  /** The text with LF alone. */
  readonly shown: string
  readonly #text: string
  /** null for a text whose offsets are the same in both. */
  readonly #lines: TextLines | null
  /** For each line: how many characters of line ends before it are not shown. */
  readonly #hidden: number[] = []

  constructor(text: string) {
    this.#text = text
    this.#lines = text.includes('\r') ? new TextLines(text) : null
    this.shown = this.#lines === null ? text : text.replaceAll(/\r\n|\r/g, '\n')
    if (this.#lines !== null) this.#count(this.#lines)
  }

  toShown(offset: number): number {
    const lines = this.#lines
    if (lines === null) return Math.min(offset, this.#text.length)
    const line = lines.lineAt(offset)
    return Math.min(offset, lines.end(line)) - (this.#hidden[line] ?? 0)
  }

  toText(offset: number): number {
    const lines = this.#lines
    if (lines === null) return Math.min(offset, this.#text.length)
    let [low, high] = [0, lines.count - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines.start(middle) - (this.#hidden[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return Math.min(offset + (this.#hidden[low] ?? 0), lines.end(low))
  }

  /** What changes of the shown text do to the text: new lines end like its first one. */
  changesToText(changes: readonly TextChange[]): TextChange[] {
    const end = /\r\n|\r|\n/.exec(this.#text)?.[0] ?? '\n'
    return changes.map(({ from, to, insert }) => ({
      from: this.toText(from),
      to: this.toText(to),
      insert: insert.replaceAll('\n', end),
    }))
  }

  #count(lines: TextLines): void {
    let hidden = 0
    for (let line = 0; line < lines.count; line++) {
      this.#hidden.push(hidden)
      hidden += Math.max(0, lines.start(line + 1) - lines.end(line) - 1)
    }
  }
}

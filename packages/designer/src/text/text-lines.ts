/** Offsets of the lines of a text; a line ends with LF, CR LF or CR. */
export class TextLines {
  readonly text: string
  readonly #starts: number[] = [0]

  constructor(text: string) {
    this.text = text
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) this.#starts.push(at + 1)
    }
  }

  get count(): number {
    return this.#starts.length
  }

  /** The line that an offset is in, from 0. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  start(line: number): number {
    return this.#starts[line] ?? this.text.length
  }

  /** Before the line's break. */
  end(line: number): number {
    let end = this.start(line + 1)
    if (line + 1 >= this.count) return end
    if (this.text.charCodeAt(end - 1) === LF) end--
    if (this.text.charCodeAt(end - 1) === CR) end--
    return end
  }

  /** Without its break. */
  content(line: number): string {
    return this.text.slice(this.start(line), this.end(line))
  }

  /** Both from 1. */
  place(offset: number): { line: number; column: number } {
    const line = this.lineAt(offset)
    return { line: line + 1, column: offset - this.start(line) + 1 }
  }

  /** Offset of a place that counts from 1; the end of the text for one beyond it. */
  offset({ line, column }: { line: number; column: number }): number {
    return Math.min(this.start(line - 1) + column - 1, this.text.length)
  }
}

const LF = 10
const CR = 13

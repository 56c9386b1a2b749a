/** Printed text as numbered lines, grown piece by piece, without ever holding one string of everything. */
export type Stream = 'stdout' | 'stderr' | 'output'

export interface LogLine {
  readonly stream: Stream
  readonly text: string
  /** Colour codes still in force from earlier lines, to be put before `text`. */
  readonly carried: string
}

/** Older lines are dropped beyond this, and the view says so. */
export const MAX_LINES = 500_000
/** Dropped at once, so that dropping costs nothing per line. */
const DROP = 50_000
/** Characters of a line that are shown; the rest is reached by copying or downloading. */
export const MAX_LINE_LENGTH = 4000

const ESC = '\u001b'
const SGR = new RegExp(`${ESC}\\[([0-9;]*)m`, 'g')

interface Tail {
  readonly index: number
  readonly open: boolean
}

export class LogBuffer {
  readonly lines: LogLine[] = []
  /** Lines that no longer fit. */
  dropped = 0
  private readonly tails = new Map<Stream, Tail>()
  private readonly colours = new Map<Stream, string>()

  append(stream: Stream, data: string): void {
    const pieces = data.split('\n')
    const last = pieces.pop() ?? ''
    for (const piece of pieces) this.put(stream, piece, false)
    if (last !== '') this.put(stream, last, true)
  }

  /** An unfinished line of a stream is continued only while it is still the newest line. */
  private put(stream: Stream, text: string, open: boolean): void {
    const tail = this.tails.get(stream)
    const previous = tail?.open === true && tail.index === this.lines.length - 1 ? this.lines[tail.index] : undefined
    if (previous === undefined) this.lines.push({ stream, text, carried: this.colours.get(stream) ?? '' })
    else this.lines[this.lines.length - 1] = { ...previous, text: previous.text + text }
    if (text.includes(ESC)) this.colours.set(stream, activeColours(this.colours.get(stream) ?? '', text))
    this.tails.set(stream, { index: this.lines.length - 1, open })
    if (this.lines.length > MAX_LINES) this.drop()
  }

  private drop(): void {
    this.lines.splice(0, DROP)
    this.dropped += DROP
    this.tails.clear()
  }
}

function activeColours(before: string, text: string): string {
  let active = before
  for (const match of text.matchAll(SGR)) active = match[1] === '' || match[1] === '0' ? '' : active + match[0]
  return active
}

/** What a terminal would show of a line that was overwritten by carriage returns, cut to a length that can be laid out. */
export function visibleText(text: string): { readonly text: string; readonly hidden: number } {
  const clean = text.endsWith('\r') ? text.slice(0, -1) : text
  const shown = clean.slice(clean.lastIndexOf('\r') + 1)
  return { text: shown.slice(0, MAX_LINE_LENGTH), hidden: Math.max(0, shown.length - MAX_LINE_LENGTH) }
}

import type { WriteStream } from 'node:tty'
import type { StartProgress } from './server.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 80

/** A moving line on a terminal, plain lines elsewhere. */
export class TerminalProgress implements StartProgress {
  readonly #out: WriteStream | NodeJS.WriteStream
  #text = ''
  #frame = 0
  #timer: NodeJS.Timeout | null = null

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  step = (text: string): void => {
    this.#text = text
    if (!this.#out.isTTY) {
      this.#out.write(`${text}…\n`)
      return
    }
    this.#timer ??= setInterval(() => this.#draw(), FRAME_MS)
    this.#draw()
  }

  problem = (text: string): void => {
    this.#erase()
    this.#out.write(`warning: ${text}\n`)
  }

  clear(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#erase()
  }

  #draw(): void {
    this.#erase()
    this.#out.write(`${FRAMES[this.#frame++ % FRAMES.length]} ${this.#text}…`)
  }

  #erase(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K')
  }
}

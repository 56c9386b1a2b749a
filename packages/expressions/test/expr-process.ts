import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export interface Answer {
  id?: unknown
  value?: unknown
  error?: string
}

/** A running `npm run expr`, asked one line at a time. */
export class ExprProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: AsyncIterator<string>

  constructor() {
    const file = fileURLToPath(new URL('../bin/expr.ts', import.meta.url))
    this.#child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  async askText(line: string): Promise<string> {
    this.#child.stdin.write(`${line}\n`)
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Error('the program ended without an answer')
    return value
  }

  async ask(line: string): Promise<Answer> {
    return JSON.parse(await this.askText(line))
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.stdin.end()
    await exited
  }
}

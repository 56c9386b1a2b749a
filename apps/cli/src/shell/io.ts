/** What a command sees of the process around it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly home: string
  /** Width of the terminal when there is one. */
  readonly terminalColumns: number | null
  out(text: string): void
  err(text: string): void
  /** ms since epoch. */
  now(): number
  sleep(ms: number): Promise<void>
  /** The lines of standard input, to its end. */
  lines(): AsyncIterable<string>
  /** Asks, and reads one line of standard input. */
  ask(prompt: string): Promise<string>
  /** Asks on the terminal without showing what is typed; without a terminal it reads one line of standard input. */
  askSecret(prompt: string): Promise<string>
}

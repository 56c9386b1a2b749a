/** The command line cannot be understood: usage and message on standard error, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Words the message begins with, such as `st2 execution`. */
  readonly program: string
  readonly usage: string

  constructor(program: string, usage: string, message: string) {
    super(message)
    this.program = program
    this.usage = usage
  }
}

/** The operation failed and the user was told: only the exit code is left. */
export class ExitError extends Error {
  override readonly name = 'ExitError'
  readonly exitCode: number

  constructor(exitCode: number, options?: ErrorOptions) {
    super(`exit code ${exitCode}`, options)
    this.exitCode = exitCode
  }
}

/** The server did what was asked, and the outcome is a failure. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** What the user asked for does not exist. */
export class ResourceNotFoundError extends Error {
  override readonly name = 'ResourceNotFoundError'
}

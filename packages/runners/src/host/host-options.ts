import type { HostSettings } from './messages.ts'

export interface HostOptions extends HostSettings {
  readonly log: HostLog
  /** Where actions are rare, none is started before the first of them. @default false */
  readonly waitsForFirstRun?: boolean
  /** @default the binary that runs this process */
  readonly nodePath?: string
  /** What actions inherit. @default the environment of this process */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The part of a pino logger that is needed. */
export interface HostLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

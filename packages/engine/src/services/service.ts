/** A background service: upstream's list, one thin file each. Whoever starts one gets its stopper. */
export interface Service {
  /** Upstream's name, as in `--services`. */
  readonly name: string
  start(): Promise<RunningService>
}

export interface RunningService {
  /** Stops taking work, lets what is in hand end within `deadlineMs`, then gives it up in an orderly way. */
  stop(deadlineMs: number): Promise<void>
}

/** Where answers differ from upstream's on purpose. The reasons stand in the documentation of compatibility too. */
export interface Difference {
  readonly requests: readonly string[]
  /** What the comparison says. */
  readonly line: RegExp
  readonly reason: string
  /** false: it depends on how fast the machine is. */
  readonly always: boolean
}

export const DIFFERENCES: readonly Difference[] = []

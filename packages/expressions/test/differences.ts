/** Recorded cases that are answered differently on purpose, each with its reason and the answer given instead. */
export interface Difference {
  reason: string
  outcome: { result?: unknown; error?: [string, string] }
}

export const DIFFERENCES: Record<string, Difference> = {}

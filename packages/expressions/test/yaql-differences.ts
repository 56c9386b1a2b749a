/** Recorded expressions that are answered differently on purpose, each with its reason and the answer given instead. */
export interface Difference {
  reason: string
  outcome: { result?: unknown; error?: string; text?: string }
}

export const YAQL_DIFFERENCES: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  [
    '[float(nan)] = [float(nan)]',
    { reason: 'two NaN cannot be told from one and the same, which Python takes for equal', outcome: { result: true } },
  ],
  [
    "'\\N{DIGIT ONE}'",
    {
      reason: 'the table of the names of all characters is larger than the rest of the package',
      outcome: { error: 'UnicodeDecodeError', text: 'named characters are not supported: \\N{DIGIT ONE}' },
    },
  ],
])

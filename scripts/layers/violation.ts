/** One place where a layer rule is broken. */
export interface Violation {
  readonly rule: string
  /** Relative to the repository. */
  readonly file: string
  readonly detail: string
}

/**
 * Ends an evaluation that needs a look-up it was not given. Expressions do no I/O: the caller fetches the key with the rights
 * of the principal and evaluates again, with the answer among the known ones. Filters never swallow it.
 */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError'
  /** Which look-up was asked, for example `st2kv`. */
  readonly source: string
  /** The key as the expression spells it below the source, for example `system.x`. */
  readonly key: string

  constructor(source: string, key: string) {
    super(`the value of ${source}.${key} has not been fetched yet`)
    this.source = source
    this.key = key
  }
}

/** A document that cannot be read; `message` names the source and the place, `reason` is the cause alone. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
  readonly reason: string
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  /** What was read, usually a file name; null when the caller gave none. */
  readonly source: string | null

  constructor(reason: string, place: { line: number; column: number; source: string | null }, options?: ErrorOptions) {
    const where = place.source === null ? '' : ` in "${place.source}"`
    super(`Invalid YAML${where}, line ${place.line}, column ${place.column}: ${reason}`, options)
    this.reason = reason
    this.line = place.line
    this.column = place.column
    this.source = place.source
  }
}

/** Line and column, both 1-based, of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset))
  const lines = before.split(/\r\n|\r|\n/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

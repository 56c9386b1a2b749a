/** What was typed after a command, by the names of its specification. */
export class Input {
  private readonly values: ReadonlyMap<string, readonly string[]>
  private readonly integerValues: ReadonlyMap<string, readonly number[]>

  constructor(values: ReadonlyMap<string, readonly string[]>, integerValues: ReadonlyMap<string, readonly number[]>) {
    this.values = values
    this.integerValues = integerValues
  }

  /** Whether the option or argument was given at all. */
  has(name: string): boolean {
    return this.values.has(name)
  }

  text(name: string): string | undefined {
    return this.values.get(name)?.[0]
  }

  texts(name: string): readonly string[] | undefined {
    return this.values.get(name)
  }

  integer(name: string): number | undefined {
    return this.integerValues.get(name)?.[0]
  }

  integers(name: string): readonly number[] | undefined {
    return this.integerValues.get(name)
  }
}

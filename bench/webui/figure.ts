export interface Figure {
  readonly name: string
  readonly unit: 'ms' | 'KB' | 'MB'
  /** Promised: not more than that. */
  readonly limit: number
  /** What is held against it. Of work: on the processor. Of waiting: as long as it would be were the machine not busy otherwise. */
  readonly value: number
  /** As it took with everything else that the machine did. */
  readonly wall?: number
  /** The same done to an empty page in the same run. */
  readonly bare?: number
  /** Further numbers worth knowing. */
  readonly more?: Readonly<Record<string, number>>
}

/** Who is there, who leads, who holds what. Hints for speed: what must hold is a unique row in the store. */
export interface Coordinator {
  /** Announces a member of a group until `leave`, or until the process dies. @source services.md 1.8 */
  join(group: string, member: Member): Promise<Membership>
  groups(): Promise<string[]>
  members(group: string): Promise<Member[]>

  /**
   * Takes the named lease if nobody holds it; null otherwise. `fence` grows with every holder of that name, so a
   * holder that was away too long can be told apart. `lost` aborts when the lease is lost before it was released.
   */
  tryLease(name: string, ttlMs: number): Promise<Lease | null>

  /** Runs `lead` while this process leads `name`; runs again after leadership came back. Stops when told. */
  elect(name: string, lead: (signal: AbortSignal) => Promise<void>): Promise<Membership>

  close(): Promise<void>
}

export interface Member {
  /** `<hostname>_<pid>` */
  readonly id: string
  readonly capabilities: Readonly<Record<string, unknown>>
}

export interface Membership {
  leave(): Promise<void>
}

export interface Lease {
  readonly fence: number
  readonly lost: AbortSignal
  release(): Promise<void>
}

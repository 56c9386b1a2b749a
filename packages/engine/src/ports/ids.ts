/** Everything random comes from here, so that a test can replay it by seed. */
export interface Ids {
  /** 24 hex digits, ascending within a process (an ObjectId's shape: seconds, process, counter). */
  next(): string
  /** 32 random hex digits. */
  token(): string
  bytes(length: number): Uint8Array
}

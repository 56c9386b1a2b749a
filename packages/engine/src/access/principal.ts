/** Who asks. Every use case is told; none looks it up. */
export interface Principal {
  readonly user: string
  /**
   * Without RBAC every authenticated user counts as admin for limits and secrets, as upstream does.
   * Acting in another user's name is stricter: see `mayImpersonate`.
   */
  readonly isAdmin: boolean
  /** Named in `[auth] admins`, or admin by role: the only ones who may run something as somebody else. */
  readonly mayImpersonate: boolean
  readonly method: 'authentication token' | 'API key' | 'none'
  readonly location: 'header' | 'query'
  /** ms since epoch; absent for API keys. */
  readonly tokenExpiresAt?: number
}

/** Who acts when the engine goes on with what a user began: with no rights but those that everybody has. */
export function onBehalfOf(user: unknown): Principal {
  return { user: String(user ?? ''), isAdmin: false, mayImpersonate: false, method: 'none', location: 'header' }
}

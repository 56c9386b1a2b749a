/** Executions whose output is in the log of a run. */
export const MAX_PRINTING = 300

/** Which outputs are to be followed besides those that are: what somebody reads stays, whatever ends meanwhile. Pure. */
export function outputsToFollow(ids: readonly string[], followed: ReadonlyMap<string, unknown>): readonly string[] {
  return ids.filter((id) => !followed.has(id)).slice(0, Math.max(0, MAX_PRINTING - followed.size))
}

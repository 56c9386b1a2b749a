/** What a workflow may use. Each limit fails the workflow with an error that names it. */
export interface ConductorLimits {
  /** Runs of tasks, commands and rounds of cycles included: the guard against loops without end. @default 100_000 */
  taskRuns: number
  /** Items of one task. @default 100_000 */
  items: number
}

export const CONDUCTOR_LIMITS: ConductorLimits = { taskRuns: 100_000, items: 100_000 }

import type { Action, RunnerType } from '@st2/model'

type Runnable = Pick<Action, 'enabled' | 'runner_type'>

export interface Obstacle {
  /** For a row of the list. */
  readonly short: string
  readonly reason: string
}

const DISABLED: Obstacle = { short: 'disabled', reason: 'This action is disabled in its metadata.' }

/** What keeps an action from being run; null when nothing does, as far as is known. */
export function obstacleOf(action: Runnable, runners: readonly RunnerType[] | undefined): Obstacle | null {
  if (action.enabled === false) return DISABLED
  const runner = runners?.find(({ name }) => name === action.runner_type)
  if (runner === undefined || runner.enabled) return null
  return {
    short: `${action.runner_type} is disabled`,
    reason: `Its runner ${action.runner_type} is disabled on this server.`,
  }
}

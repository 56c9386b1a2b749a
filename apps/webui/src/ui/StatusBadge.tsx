import type { ExecutionStatus } from '@st2/model'
import { Badge, type Tone } from './Badge.tsx'
import type { IconName } from './Icon.tsx'

interface StatusLook {
  readonly tone: Tone
  readonly icon: IconName
  readonly spins: boolean
  /** One sentence for tooltips and empty results. */
  readonly meaning: string
}

const look = (tone: Tone, icon: IconName, meaning: string): StatusLook => ({ tone, icon, spins: false, meaning })

export const STATUS_LOOKS: Readonly<Record<ExecutionStatus, StatusLook>> = {
  requested: look('idle', 'dotted', 'Accepted, waiting for the scheduler'),
  scheduled: look('idle', 'clock', 'Scheduled, waiting for a free action runner'),
  delayed: look('idle', 'hourglass', 'Waiting for its delay or for a policy to let it pass'),
  running: { tone: 'run', icon: 'arc', spins: true, meaning: 'Running now' },
  succeeded: look('ok', 'check', 'Ended without an error'),
  failed: look('bad', 'cross', 'Ended with an error'),
  timeout: look('bad', 'clock', 'Stopped because it took longer than its timeout'),
  abandoned: look('bad', 'ban', 'Its runner went away before it ended'),
  canceling: { tone: 'warn', icon: 'arc', spins: true, meaning: 'Being canceled' },
  canceled: look('warn', 'ban', 'Canceled'),
  pending: look('warn', 'hourglass', 'Waiting for the answer to an inquiry'),
  pausing: { tone: 'warn', icon: 'arc', spins: true, meaning: 'Being paused' },
  paused: look('warn', 'pause', 'Paused'),
  resuming: { tone: 'run', icon: 'arc', spins: true, meaning: 'Being resumed' },
}

interface StatusBadgeProps {
  readonly status: ExecutionStatus
  readonly testId?: string
}

export function StatusBadge({ status, testId }: StatusBadgeProps) {
  return <Badge {...STATUS_LOOKS[status]} testId={testId} text={status} />
}

import type { TriggerInstanceStatus } from '@st2/model'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import type { IconName } from '../../ui/Icon.tsx'

interface Look {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
  readonly meaning: string
  readonly spins?: boolean
}

export const INSTANCE_LOOKS: Readonly<Record<TriggerInstanceStatus, Look>> = {
  pending: { tone: 'idle', icon: 'dotted', text: 'pending', meaning: 'Stored, waiting for the rules engine' },
  processing: { tone: 'run', icon: 'arc', text: 'processing', meaning: 'Rules are being matched', spins: true },
  processed: { tone: 'ok', icon: 'check', text: 'processed', meaning: 'Every rule that listens was asked' },
  processing_failed: { tone: 'bad', icon: 'cross', text: 'failed', meaning: 'Rules could not be matched' },
}

interface InstanceBadgeProps {
  readonly status: TriggerInstanceStatus
  readonly testId?: string
}

export function InstanceBadge({ status, testId }: InstanceBadgeProps) {
  return <Badge {...INSTANCE_LOOKS[status]} testId={testId} />
}

import type { TriggerInstanceStatus } from '@st2/model'
import { Badge } from '../../ui/Badge.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import type { Tone } from '../../ui/StatusBadge.tsx'

interface Look {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
  readonly meaning: string
}

export const INSTANCE_LOOKS: Readonly<Record<TriggerInstanceStatus, Look>> = {
  pending: { tone: 'idle', icon: 'dotted', text: 'pending', meaning: 'Stored, waiting for the rules engine' },
  processing: { tone: 'run', icon: 'arc', text: 'processing', meaning: 'Rules are being matched' },
  processed: { tone: 'ok', icon: 'check', text: 'processed', meaning: 'Every rule that listens was asked' },
  processing_failed: { tone: 'bad', icon: 'cross', text: 'failed', meaning: 'Rules could not be matched' },
}

interface InstanceBadgeProps {
  readonly status: TriggerInstanceStatus
  readonly testId?: string
}

export function InstanceBadge({ status, testId }: InstanceBadgeProps) {
  const { tone, icon, text, meaning } = INSTANCE_LOOKS[status]
  return (
    <Badge
      icon={icon}
      meaning={meaning}
      spins={status === 'processing'}
      text={text}
      tone={tone}
      {...(testId === undefined ? {} : { testId })}
    />
  )
}

import type { IconName } from '../../ui/Icon.tsx'
import type { Tone } from '../../ui/Badge.tsx'
import { STATUS_LOOKS } from '../../ui/StatusBadge.tsx'
import type { TaskStatus } from './run-model.ts'

interface TaskLook {
  readonly tone: Tone
  readonly icon: IconName
  readonly spins: boolean
  readonly word: string
  readonly meaning: string
}

const OWN: Readonly<Partial<Record<TaskStatus, TaskLook>>> = {
  waiting: { tone: 'idle', icon: 'dotted', spins: false, word: 'not started', meaning: 'Nothing led here yet' },
  skipped: { tone: 'idle', icon: 'dash', spins: false, word: 'not reached', meaning: 'The run ended without it' },
  retrying: {
    tone: 'warn',
    icon: 'rerun',
    spins: false,
    word: 'retrying',
    meaning: 'Failed; the next attempt follows',
  },
}

export function taskLook(status: TaskStatus): TaskLook {
  const own = OWN[status]
  if (own !== undefined) return own
  // What is not in the table above is a status of executions.
  const word = status as keyof typeof STATUS_LOOKS
  return { ...STATUS_LOOKS[word], word }
}

import { Icon, type IconName } from './Icon.tsx'

export type Tone = 'ok' | 'bad' | 'run' | 'warn' | 'idle'

interface BadgeProps {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
  /** One sentence more. */
  readonly meaning?: string
  readonly spins?: boolean
  readonly testId?: string | undefined
}

/** A state in an icon and a word; colour only helps. */
export function Badge({ tone, icon, text, meaning, spins = false, testId }: BadgeProps) {
  return (
    <span className="status" data-test={testId} data-tone={tone} title={meaning}>
      <Icon className={spins ? 'spin' : ''} name={icon} size={13} />
      {text}
    </span>
  )
}

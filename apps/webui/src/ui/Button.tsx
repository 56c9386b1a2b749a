import { Tooltip } from 'radix-ui'
import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useOverlayRoot } from './overlay-root.ts'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly look?: 'default' | 'primary' | 'danger' | 'plain'
  readonly size?: 's' | 'm'
  readonly icon?: IconName
  readonly busy?: boolean
  /** Present: the button cannot be used now and says this. It keeps its place in the tab order, so that the reason is found. */
  readonly disabledReason?: string | undefined
  readonly children?: ReactNode
}

export function Button({
  look = 'default',
  size = 'm',
  icon,
  busy = false,
  disabledReason,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const blocked = busy || disabledReason !== undefined
  const button = (
    <button
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={blocked || undefined}
      className={['btn', rest.className].filter(Boolean).join(' ')}
      data-icon-only={children === undefined ? '' : undefined}
      data-look={look}
      data-size={size}
      onClick={(event) => {
        if (blocked) event.preventDefault()
        else onClick?.(event)
      }}
      type={type}
    >
      {busy ? (
        <Icon className="spin" name="arc" size={14} />
      ) : (
        icon && <Icon name={icon} size={size === 's' ? 14 : 15} />
      )}
      {children}
    </button>
  )
  const hint = disabledReason ?? (children === undefined ? rest['aria-label'] : undefined)
  return hint === undefined ? button : <Hint text={hint}>{button}</Hint>
}

/** A short text beside the pointer or the focused control; also its accessible description. */
export function Hint({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <Tooltip.Root delayDuration={350}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={useOverlayRoot()}>
        <Tooltip.Content className="tooltip" collisionPadding={8} sideOffset={6}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

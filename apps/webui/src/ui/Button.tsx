import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { Hint } from './Hint.tsx'
import { Icon, type IconName } from './Icon.tsx'

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
  const hintId = useId()
  const blocked = busy || disabledReason !== undefined
  const button = (
    <button
      {...rest}
      aria-describedby={disabledReason === undefined ? undefined : hintId}
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
  return hint === undefined ? (
    button
  ) : (
    <Hint id={disabledReason === undefined ? undefined : hintId} text={hint}>
      {button}
    </Hint>
  )
}

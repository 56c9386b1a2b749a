import type { ButtonHTMLAttributes, KeyboardEvent, ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { Popup } from './Popup.tsx'

export interface MenuEntry {
  readonly label: string
  readonly icon?: IconName
  /** Present: one of several states, chosen or not. */
  readonly checked?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  readonly trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>
  readonly label: string
  readonly head?: ReactNode
  readonly entries: readonly MenuEntry[]
}

export function Menu({ trigger, label, head, entries }: MenuProps) {
  return (
    <Popup kind="menu" label={label} onKeyDown={walk} trigger={trigger}>
      {(close) => (
        <>
          {head && (
            <div className="menu-label" role="presentation">
              {head}
            </div>
          )}
          {entries.map((entry) => (
            <button
              aria-checked={entry.checked}
              className="menu-item"
              key={entry.label}
              onClick={() => {
                close()
                entry.onSelect()
              }}
              role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
              tabIndex={-1}
              type="button"
            >
              {entry.icon && <Icon name={entry.icon} size={15} />}
              <span className="grow">{entry.label}</span>
              {entry.checked && <Icon name="check" size={14} />}
            </button>
          ))}
        </>
      )}
    </Popup>
  )
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-item')]
  const here = items.findIndex((item) => item === document.activeElement)
  const target = WALK[event.key]?.(here, items.length)
  if (target === undefined) return
  event.preventDefault()
  items[(target + items.length) % items.length]?.focus()
}

const WALK: Readonly<Record<string, (here: number, count: number) => number>> = {
  ArrowDown: (here) => here + 1,
  ArrowUp: (here) => here - 1,
  Home: () => 0,
  End: (_here, count) => count - 1,
}

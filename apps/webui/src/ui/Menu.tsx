import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useOverlayRoot } from './overlay-root.ts'

export interface MenuEntry {
  readonly label: string
  readonly icon?: IconName
  readonly checked?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  readonly trigger: ReactElement
  readonly groups: readonly { readonly label?: ReactNode; readonly entries: readonly MenuEntry[] }[]
}

export function Menu({ trigger, groups }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={useOverlayRoot()}>
        <DropdownMenu.Content align="end" className="menu" collisionPadding={8} sideOffset={5}>
          {groups.map((group, index) => (
            <DropdownMenu.Group key={group.entries[0]?.label ?? index}>
              {index > 0 && <DropdownMenu.Separator className="menu-line" />}
              {group.label && <DropdownMenu.Label className="menu-label">{group.label}</DropdownMenu.Label>}
              {group.entries.map((entry) => (
                <Entry entry={entry} key={entry.label} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const inside = (
    <>
      {entry.icon && <Icon name={entry.icon} size={15} />}
      <span className="grow">{entry.label}</span>
      {entry.checked && <Icon name="check" size={14} />}
    </>
  )
  if (entry.checked === undefined)
    return (
      <DropdownMenu.Item className="menu-item" onSelect={entry.onSelect}>
        {inside}
      </DropdownMenu.Item>
    )
  return (
    <DropdownMenu.CheckboxItem checked={entry.checked} className="menu-item" onSelect={entry.onSelect}>
      {inside}
    </DropdownMenu.CheckboxItem>
  )
}

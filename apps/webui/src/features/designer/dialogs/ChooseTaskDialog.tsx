import { Command } from 'cmdk'
import { useState } from 'react'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useWorkflow } from '../state/designer-context.ts'

interface ChooseTaskDialogProps {
  readonly title: string
  /** Besides the tasks. */
  readonly others?: readonly string[]
  /** null: it may be chosen. */
  readonly reasonAgainst?: (task: string) => string | null
  readonly onChoose: (task: string) => void
  readonly onClose: () => void
}

/** Shown at once; more typing narrows them. */
const MAX_SHOWN = 80

/** One of the tasks, found by typing. */
export function ChooseTaskDialog({ title, others = [], reasonAgainst, onChoose, onClose }: ChooseTaskDialogProps) {
  const { tasks } = useWorkflow()
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = [
    ...tasks.map(({ name, action }) => ({ name, detail: action ?? '' })),
    ...others.map((name) => ({ name, detail: 'command' })),
  ]
    .filter(({ name, detail }) => words.every((word) => `${name} ${detail}`.toLowerCase().includes(word)))
    .slice(0, MAX_SHOWN)
  return (
    <Dialog kind="bare" onClose={onClose} testId="choose_task" title={title} width={480}>
      <Command className="palette" label={title} shouldFilter={false}>
        <div className="search">
          <Icon name="search" size={14} />
          <Command.Input
            className="input"
            data-test="choose_task_search"
            onValueChange={setText}
            placeholder={title}
            value={text}
          />
        </div>
        <Command.List className="palette-list">
          <Command.Empty className="lines-note">No task has these words.</Command.Empty>
          {found.map(({ name, detail }) => {
            const reason = reasonAgainst?.(name) ?? null
            return (
              <Command.Item
                className="menu-item"
                disabled={reason !== null}
                key={name}
                onSelect={() => {
                  onClose()
                  onChoose(name)
                }}
                value={name}
              >
                <Icon name={reason === null ? 'bolt' : 'ban'} size={15} />
                <span>{name}</span>
                <span className="grow truncate muted mono">{reason ?? detail}</span>
              </Command.Item>
            )
          })}
        </Command.List>
      </Command>
    </Dialog>
  )
}

import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import { addTask } from '../state/task-operations.ts'
import type { AddPlace } from '../state/view-store.ts'
import { findActions } from './find-actions.ts'
import { rememberAction, useRecentActions } from './recent-actions.ts'
import { useActions } from './use-actions.ts'

/** Shown at once; more typing narrows them. */
const MAX_SHOWN = 60

interface AddTaskDialogProps {
  readonly place: AddPlace
  readonly onClose: () => void
  readonly onAdded: (task: string) => void
}

/** Which action a new task runs: found by typing, taken by Enter. */
export function AddTaskDialog({ place, onClose, onAdded }: AddTaskDialogProps) {
  const designer = useDesigner()
  const execute = useExecute()
  const actions = useActions()
  const recent = useRecentActions((state) => state.refs)
  const [text, setText] = useState('')
  const found = useMemo(() => findActions(actions, text, recent), [actions, text, recent])
  const add = (ref: string) => {
    onClose()
    const name = addTask(designer, execute, ref, place)
    if (name === null) return
    rememberAction(ref)
    onAdded(name)
  }
  return (
    <Dialog kind="bare" onClose={onClose} testId="add_task" title={titleOf(place)} width={520}>
      <Command className="palette" label={titleOf(place)} shouldFilter={false}>
        <div className="search">
          <Icon name="search" size={14} />
          <Command.Input
            className="input"
            data-test="add_task_search"
            onValueChange={setText}
            placeholder={titleOf(place)}
            value={text}
          />
        </div>
        <Command.List className="palette-list">
          <Command.Empty className="lines-note">
            No action has these words in its name or its description.
          </Command.Empty>
          {found.slice(0, MAX_SHOWN).map(({ ref, description }) => (
            <Command.Item className="menu-item" key={ref} onSelect={() => add(ref)} value={ref}>
              <Icon name={recent.includes(ref) ? 'history' : 'bolt'} size={15} />
              <span className="mono">{ref}</span>
              <span className="grow truncate muted">{description}</span>
            </Command.Item>
          ))}
          {found.length > MAX_SHOWN && (
            <p className="lines-note">{found.length - MAX_SHOWN} more: type to narrow them down.</p>
          )}
        </Command.List>
      </Command>
    </Dialog>
  )
}

function titleOf({ task, between }: AddPlace): string {
  if (task === null) return 'Add a task that runs …'
  return between === undefined ? `After ${task} comes …` : `Between ${task} and what follows comes …`
}

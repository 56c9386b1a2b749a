import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'

interface AddByNameProps {
  /** Of the field, for assistive technology. */
  readonly label: string
  /** What is added. */
  readonly addLabel: string
  /** @returns false: it was refused, and the name stays to be corrected */
  readonly onAdd: (name: string) => boolean
  readonly testId: string
}

/** A new entry of a list begins with its name. */
export function AddByName({ label, addLabel, onAdd, testId }: AddByNameProps) {
  const [text, setText] = useState('')
  const name = text.trim()
  const add = () => {
    if (name !== '' && onAdd(name)) setText('')
  }
  return (
    <div className="row entry-add">
      <input
        aria-label={label}
        className="input mono"
        data-test={`${testId}_name`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        placeholder="name"
        spellCheck={false}
        value={text}
      />
      <Button
        data-test={`${testId}_add`}
        disabledReason={name === '' ? 'It needs a name first' : undefined}
        icon="plus"
        onClick={add}
        size="s"
      >
        {addLabel}
      </Button>
    </div>
  )
}

import type { KeyboardEvent } from 'react'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { MAX_FOUND } from './find-lines.ts'

interface OutputSearchProps {
  readonly query: string
  readonly onQuery: (query: string) => void
  /** How many lines were found, and which of them is shown, from 0. */
  readonly found: number
  readonly at: number
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
}

/** Looks through printed lines: Enter goes to the next one found, Shift+Enter to the one before, Esc closes. */
export function OutputSearch({ query, onQuery, found, at, onStep, onClose }: OutputSearchProps) {
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const none = found === 0 ? 'No line is found.' : undefined
  return (
    <div className="output-search row" onKeyDown={keys}>
      <div className="search">
        <Icon name="search" size={14} />
        <input
          aria-label="Search in the output"
          autoFocus
          className="input"
          onChange={(event) => onQuery(event.target.value)}
          placeholder="Text in the output"
          type="search"
          value={query}
        />
      </div>
      <span className="muted tabular" role="status">
        {query !== '' && wordsOf(found, at)}
      </span>
      <Button
        aria-label="The one before"
        disabledReason={none}
        icon="up"
        look="plain"
        onClick={() => onStep(-1)}
        size="s"
      />
      <Button
        aria-label="The next one"
        disabledReason={none}
        icon="down"
        look="plain"
        onClick={() => onStep(1)}
        size="s"
      />
    </div>
  )
}

function wordsOf(found: number, at: number): string {
  if (found === 0) return 'Not found'
  return `${(at + 1).toLocaleString('en')} of ${found.toLocaleString('en')}${found === MAX_FOUND ? '+' : ''}`
}

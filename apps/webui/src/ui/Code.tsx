import { type ReactNode, useMemo } from 'react'
import { Button } from './Button.tsx'
import { copyText } from './copy.ts'
import { Lines } from './Lines.tsx'
import { setPreference, usePreferences } from './preferences.ts'

interface CodeProps {
  readonly title: ReactNode
  readonly label: string
  readonly text: string
  readonly actions?: ReactNode
  readonly maxHeight?: number | 'full'
}

/** A file or a command: numbered lines, only the visible ones exist. */
export function Code({ title, label, text, actions, maxHeight }: CodeProps) {
  const wrap = usePreferences((state) => state.wrap)
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text])
  return (
    <div className="card">
      <div className="card-head">
        <div className="grow row">{title}</div>
        <Button
          aria-label="Wrap long lines"
          aria-pressed={wrap}
          icon="wrap"
          look="plain"
          onClick={() => setPreference('wrap', !wrap)}
          size="s"
        />
        <Button
          aria-label={`Copy ${label}`}
          icon="copy"
          look="plain"
          onClick={() => void copyText(text, label)}
          size="s"
        />
        {actions}
      </div>
      <Lines
        count={lines.length}
        label={label}
        line={(index) => (
          <div className="line">
            <span aria-hidden="true" className="line-no">
              {index + 1}
            </span>
            <span className="line-text">{lines[index]}</span>
          </div>
        )}
        maxHeight={maxHeight ?? 420}
        wrap={wrap}
      />
    </div>
  )
}

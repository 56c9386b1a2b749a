import { type ReactNode, useMemo } from 'react'
import { CopyButton } from './CopyButton.tsx'
import { Lines } from './Lines.tsx'
import { usePreferences } from './preferences.ts'
import { WrapButton } from './WrapButton.tsx'

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
        <WrapButton />
        <CopyButton label={label} text={() => text} what={label} />
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

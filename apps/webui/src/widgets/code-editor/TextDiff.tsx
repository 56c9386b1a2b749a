import './code-editor.css'
import { type CSSProperties, lazy, Suspense } from 'react'
import { Spinner } from '../../ui/Feedback.tsx'
import type { CodeLanguage } from './language-parts.ts'

export interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly beforeLabel: string
  readonly afterLabel: string
  readonly language: CodeLanguage
  /** px; a longer text scrolls. `full` takes the height of a flex parent. @default 420 */
  readonly maxHeight?: number | 'full'
}

const LoadedDiff = lazy(async () => ({ default: (await import('./LoadedDiff.tsx')).LoadedDiff }))

/** What differs between two texts: beside each other where there is room, else one below the other. */
export function TextDiff(props: TextDiffProps) {
  const { maxHeight = 420 } = props
  const style = { '--editor-max': maxHeight === 'full' ? 'none' : `${maxHeight}px` } as CSSProperties
  return (
    <div className="code-editor" data-full={maxHeight === 'full' || undefined} style={style}>
      <Suspense fallback={<Spinner label="Comparing" />}>
        <LoadedDiff {...props} />
      </Suspense>
    </div>
  )
}

import './code-editor.css'
import { Suspense } from 'react'
import { Spinner } from '../../ui/Feedback.tsx'
import type { TextDiffProps } from './text-diff-props.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

const LoadedDiff = lazyPart(() => import('./LoadedDiff.tsx'), 'LoadedDiff')

/** What differs between two texts: beside each other where there is room, else one below the other. */
export function TextDiff(props: TextDiffProps) {
  return (
    <div className="code-editor text-diff">
      <Suspense fallback={<Spinner label="Comparing" />}>
        <LoadedDiff {...props} />
      </Suspense>
    </div>
  )
}

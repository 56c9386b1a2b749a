import type { DesignerTexts } from '@st2/designer'
import { TextDiff } from '../../../widgets/code-editor/TextDiff.tsx'
import { DiffBoundary } from './DiffBoundary.tsx'

interface TextsDiffProps {
  readonly before: DesignerTexts
  readonly after: DesignerTexts
  readonly beforeLabel: string
  readonly afterLabel: string
}

const FILES = [
  { file: 'workflow', title: 'Workflow' },
  { file: 'metadata', title: 'Metadata' },
] as const

/** What differs between two states of a workflow's files; a file that does not is only named. */
export function TextsDiff({ before, after, beforeLabel, afterLabel }: TextsDiffProps) {
  return (
    <div className="stack">
      {FILES.map(({ file, title }) => (
        <section className="stack designer-diff" key={file}>
          <h3>{title}</h3>
          {before[file] === after[file] ? (
            <p className="muted">No change.</p>
          ) : (
            <DiffBoundary>
              <TextDiff after={after[file]} afterLabel={afterLabel} before={before[file]} beforeLabel={beforeLabel} />
            </DiffBoundary>
          )}
        </section>
      ))}
    </div>
  )
}

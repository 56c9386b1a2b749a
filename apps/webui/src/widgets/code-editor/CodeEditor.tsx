import './code-editor.css'
import type { TextChange } from '@st2/designer'
import { type CSSProperties, lazy, Suspense } from 'react'
import type { CodeAssistant } from './assisted-by.ts'
import type { Reveal } from './code-view.ts'
import type { EditorProblem } from './editor-problem.ts'
import type { CodeLanguage } from './language-parts.ts'

export interface CodeEditorProps {
  /** Names the text for assistive technology; how to leave the editor is added. */
  readonly label: string
  readonly language: CodeLanguage
  /** Any line ends. Another text is applied as the smallest change: the caret and what is seen stay. */
  readonly value: string
  /** Changes of `value`, in its offsets. Absent: the text can only be read. */
  readonly onChange?: (changes: TextChange[]) => void
  /** The editor keeps no history: undo and redo are the owner's. */
  readonly onUndo?: () => void
  readonly onRedo?: () => void
  readonly onSave?: () => void
  readonly onCaret?: (offset: number) => void
  readonly onLeave?: () => void
  readonly problems?: readonly EditorProblem[]
  /** A new object shows its place again. */
  readonly reveal?: Reveal | null
  /** Keep its identity from one render to the next. */
  readonly assistant?: CodeAssistant | null
  /** px; a longer text scrolls. `full` takes the height of a flex parent. @default 420 */
  readonly maxHeight?: number | 'full'
}

const LoadedEditor = lazy(async () => ({ default: (await import('./LoadedEditor.tsx')).LoadedEditor }))

/** One text with CodeMirror, which comes when it is first needed; until then the text stands there to be read. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, maxHeight = 420 } = props
  const style = { '--editor-max': maxHeight === 'full' ? 'none' : `${maxHeight}px` } as CSSProperties
  return (
    <div className="code-editor" data-full={maxHeight === 'full' || undefined} style={style}>
      <Suspense
        fallback={
          <pre aria-busy="true" aria-label={label} className="code-editor-text" tabIndex={0}>
            {value}
          </pre>
        }
      >
        <LoadedEditor {...props} />
      </Suspense>
    </div>
  )
}

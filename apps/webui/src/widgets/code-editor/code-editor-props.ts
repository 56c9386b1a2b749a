import type { TextChange } from '@st2/designer'
import type { CodeAssistant } from './assisted-by.ts'
import type { Reveal } from './code-view.ts'
import type { EditorProblem } from './editor-problem.ts'

export interface CodeEditorProps {
  /** Names the text for assistive technology; how to leave the editor is added. */
  readonly label: string
  /** YAML, and with it JSON, with any line ends. Another text is applied as the smallest change: the caret and what is seen stay. */
  readonly value: string
  /** Changes of `value`, in its offsets. Absent: the text can only be read. */
  readonly onChange?: (changes: TextChange[]) => void
  /** The editor keeps no history: undo and redo are the owner's. @returns false: there was none */
  readonly onUndo?: () => boolean
  readonly onRedo?: () => boolean
  readonly onSave?: () => void
  readonly onCaret?: (offset: number) => void
  readonly onLeave?: () => void
  readonly problems?: readonly EditorProblem[]
  /** A new object shows its place again. */
  readonly reveal?: Reveal | null
  /** Keep its identity from one render to the next. */
  readonly assistant?: CodeAssistant | null
}

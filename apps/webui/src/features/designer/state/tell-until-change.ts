import type { DesignerEditor } from '@st2/designer'
import type { Tone } from '../../../ui/Badge.tsx'
import { toast } from '../../../ui/Toasts.tsx'

/** Tells something about the workflow as it is now: it is no longer said when the workflow is another, by an undo for example. */
export function tellUntilChange(editor: DesignerEditor, tone: Tone, text: string): void {
  const dismiss = toast(tone, text)
  const { workflow, metadata } = editor.state
  const unsubscribe = editor.subscribe(() => {
    if (editor.state.workflow.text === workflow.text && editor.state.metadata.text === metadata.text) return
    unsubscribe()
    dismiss()
  })
}

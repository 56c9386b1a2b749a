import { copyTasks } from '@st2/designer'
import type { ClipboardEvent } from 'react'
import { toast } from '../../../ui/Toasts.tsx'
import { namesIn } from '../state/chosen.ts'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import { pasteTasks, removeChosen } from '../state/task-operations.ts'
import { isTextField } from '../text-field.ts'

export interface ClipboardHandlers {
  readonly onCopy: (event: ClipboardEvent) => void
  readonly onCut: (event: ClipboardEvent) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

/** Tasks through the clipboard as YAML: into other workflows, other tabs, and any editor of text. */
export function useClipboard(): ClipboardHandlers {
  const designer = useDesigner()
  const execute = useExecute()
  const copy = (event: ClipboardEvent): boolean => {
    if (isTextField(event.target)) return false
    const { model } = designer.editor.state.workflow
    const names = namesIn(model, designer.view.getState())
    if (names.length === 0) {
      toast('idle', 'Nothing is chosen. Choose tasks to copy them.')
      return false
    }
    event.clipboardData.setData('text/plain', copyTasks(model, names))
    event.preventDefault()
    designer.view.setState({ said: `${names.length} tasks copied` })
    return true
  }
  return {
    onCopy: (event) => void copy(event),
    onCut: (event) => {
      if (!copy(event)) return
      designer.view.setState({ transition: null })
      removeChosen(designer, execute)
      const next = designer.view.getState().chosen.at(-1)
      if (next !== undefined) designer.drawn.current?.goTo(next)
    },
    onPaste: (event) => {
      if (isTextField(event.target)) return
      event.preventDefault()
      pasteTasks(designer, execute, event.clipboardData.getData('text/plain'))
    },
  }
}

import type { DesignerEditor } from '@st2/designer'
import { useEffect, useRef } from 'react'

/** ms without a key after which what was typed is read: reading a long text, and drawing it, takes longer than a key may. */
const REST_MS = 150

export interface LaterReading {
  /** Once nobody has typed for a moment. */
  readonly later: () => void
  readonly now: () => void
}

/** Reads what was typed to be read later. @param onRead what had to wait for it */
export function useLaterReading(editor: DesignerEditor, onRead: () => void): LaterReading {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const read = () => {
    clearTimeout(timer.current)
    editor.readTyped()
  }
  // Whoever closes the text leaves nothing unread.
  useEffect(() => read, [editor])
  return {
    now: read,
    later: () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        read()
        onRead()
      }, REST_MS)
    },
  }
}

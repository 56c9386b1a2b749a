import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** What makes an editor look like the text inputs around it. */
export const fieldTheme: Extension = EditorView.theme({
  '&': { height: 'auto', borderRadius: 'var(--radius)', backgroundColor: 'transparent' },
  '.cm-scroller': { maxHeight: '190px' },
  '.cm-content': { minHeight: '28px', padding: '4.5px 0' },
  '.cm-line': { padding: '0 9px' },
})

import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** `<%` gets its ` %>`, with the blanks that belong there: one more that is typed is the one that is there. Brackets close braces. */
export const closingDelimiters: Extension = EditorView.inputHandler.of((view, from, to, text) => {
  if (from !== to || view.state.readOnly) return false
  const line = view.state.doc.lineAt(from)
  const [before, after] = [line.text.slice(0, from - line.from), line.text.slice(from - line.from)]
  if (text === ' ') return before.endsWith('<% ') && after.startsWith(' %>')
  if (text !== '%' || !before.endsWith('<') || /^[^<]*%>/.test(after)) return false
  view.dispatch({ changes: { from, insert: '%  %>' }, selection: { anchor: from + 2 }, userEvent: 'input.type' })
  return true
})

import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/**
 * What is typed over a selection goes straight into the document. Left to itself Chromium would keep the look of what it replaces
 * in a style attribute, which the content security policy forbids: the text would be the same, the console full of errors.
 */
export const typedOverSelection: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { state } = view
    const text = event.data
    if (event.inputType !== 'insertText' || text === null || view.composing || state.readOnly) return false
    const { ranges, main } = state.selection
    if (main.empty) return false
    const plain = () => state.update(state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true })
    const isHandled =
      ranges.length === 1 &&
      state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, text, plain))
    if (!isHandled) view.dispatch(plain())
    return true
  },
})

import type { Designer } from './state/designer-context.ts'
import { isTextField, leaveField } from './text-field.ts'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'composedPath'>

/** What a key does anywhere on the screen of the designer. @returns false: nothing */
export function pressOnScreen(press: Press, designer: Designer): boolean {
  if (press.key === 'F6') return goOn(press.shiftKey ? -1 : 1)
  if (press.key === '?' && !isTextField(press.composedPath()[0])) {
    designer.view.setState({ dialog: { kind: 'keys' } })
    return true
  }
  if (!(press.ctrlKey || press.metaKey) || press.altKey) return false
  const key = press.key.toLowerCase()
  if (key === 's') {
    leaveField()
    designer.view.setState({ dialog: { kind: press.shiftKey ? 'save-as' : 'save' } })
    return true
  }
  if (key === 'f') {
    leaveField()
    designer.view.setState({ dialog: { kind: 'find' } })
    return true
  }
  // Fields have their own.
  if (isTextField(press.composedPath()[0])) return false
  if (key === 'z' || key === 'y') {
    const isRedo = key === 'y' || press.shiftKey
    const { state } = designer.editor
    const label = isRedo ? state.redoLabel : state.undoLabel
    if (isRedo) designer.editor.redo()
    else designer.editor.undo()
    designer.view.setState({ said: label === null ? 'Nothing to undo' : `${isRedo ? 'Again' : 'Undone'}: ${label}` })
    return true
  }
  return false
}

/** What gets the focus in a part of the screen, the best first. */
const ENTRANCES = ['[data-task][tabindex="0"]', '[data-autofocus]', '[role="radio"][tabindex="0"]', 'input', 'button']

/** The next part of the screen gets the focus. */
function goOn(step: 1 | -1): true {
  const panes = [...document.querySelectorAll<HTMLElement>('.designer [data-pane]')]
  const here = panes.findIndex((pane) => pane.contains(document.activeElement))
  // From nowhere to the canvas, forwards or backwards.
  const start = here < 0 ? panes.findIndex(({ dataset }) => dataset['pane'] === 'canvas') - step : here
  const pane = panes[(start + step + panes.length) % panes.length]
  const entrance = ENTRANCES.map((selector) => pane?.querySelector<HTMLElement>(selector)).find(
    (found) => found != null,
  )
  entrance?.focus()
  return true
}

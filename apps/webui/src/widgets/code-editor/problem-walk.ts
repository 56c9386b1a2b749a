import { type Diagnostic, forEachDiagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'

/** F8 and Shift+F8 go from problem to problem, round the end; what is wrong is spoken, as it is not seen by everybody. */
export const problemKeys: Extension = keymap.of([
  { key: 'F8', run: (view) => goToProblem(view, 'next'), shift: (view) => goToProblem(view, 'previous') },
])

function goToProblem(view: EditorView, direction: 'next' | 'previous'): boolean {
  const found: { diagnostic: Diagnostic; from: number; to: number }[] = []
  forEachDiagnostic(view.state, (diagnostic, from, to) => found.push({ diagnostic, from, to }))
  if (found.length === 0) return false
  const { from: caret, to: end } = view.state.selection.main
  const isHere = ({ from, to }: { from: number; to: number }) => from === caret && to === end
  const target =
    direction === 'next'
      ? (found.find((problem) => problem.from >= caret && !isHere(problem)) ?? found[0])
      : (found.findLast((problem) => problem.from <= caret && !isHere(problem)) ?? found.at(-1))
  if (target === undefined) return false
  const { severity, message } = target.diagnostic
  const line = view.state.doc.lineAt(target.from).number
  view.dispatch({
    selection: { anchor: target.from, head: target.to },
    effects: [
      EditorView.scrollIntoView(target.from, { y: 'nearest', yMargin: 40 }),
      EditorView.announce.of(`${severity === 'error' ? 'Error' : 'Warning'} on line ${line}: ${message}`),
    ],
  })
  return true
}

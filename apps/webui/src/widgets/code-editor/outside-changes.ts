import { Annotation } from '@codemirror/state'
import type { ViewUpdate } from '@codemirror/view'
import type { TextChange } from '@st2/designer'

/** Not typed here: the owner of the text knows it already. */
export const FROM_OUTSIDE = Annotation.define<boolean>()

/** What was typed, in offsets of the shown text before it; null: nothing, or it came from outside. */
export function typedChanges({ docChanged, transactions, changes }: ViewUpdate): TextChange[] | null {
  if (!docChanged || transactions.some((done) => done.annotation(FROM_OUTSIDE) === true)) return null
  const typed: TextChange[] = []
  changes.iterChanges((from, to, _start, _end, insert) => typed.push({ from, to, insert: insert.toString() }))
  return typed
}

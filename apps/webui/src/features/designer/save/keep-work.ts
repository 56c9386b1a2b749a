import type { Designer } from '../state/designer-context.ts'
import { dropDraft, keepDraft, TAB } from './draft-store.ts'

/** Under what a draft is kept: the stored action; null: a new workflow. */
export function draftRefOf({ saving }: Pick<Designer, 'saving'>): string | null {
  return saving.getState().stored?.action.ref ?? null
}

/** Keeps in this browser what is not on the server; what is there is no draft any more. */
export function keepWork(designer: Designer): void {
  const { editor, saving } = designer
  const { workflow, metadata, isDirty } = editor.state
  const ref = draftRefOf(designer)
  if (!isDirty) return dropDraft(ref, TAB)
  const isKept = keepDraft(ref, {
    texts: { workflow: workflow.text, metadata: metadata.text },
    revision: saving.getState().stored?.revision ?? null,
    at: Date.now(),
    tab: TAB,
  })
  saving.setState({ isDraftRefused: !isKept })
}

import type { DesignerCommand, DesignerEditor, DesignerState, Outcome, WorkflowModel } from '@st2/designer'
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { SavingStore, Saving } from '../save/saving.ts'
import type { Drawn } from './drawn.ts'
import { tellUntilChange } from './tell-until-change.ts'
import type { DesignerView, ViewStore } from './view-store.ts'

/** One workflow while it is designed. */
export interface Designer {
  readonly editor: DesignerEditor
  readonly view: ViewStore
  readonly saving: SavingStore
  readonly drawn: { current: Drawn | null }
  /** Goes somewhere else without being asked whether to. */
  readonly leave: (go: () => void) => void
}

export const DesignerContext = createContext<Designer | null>(null)

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext)
  if (designer === null) throw new TypeError('this is a part of the designer')
  return designer
}

export function useDesignerState(): DesignerState {
  const { editor } = useDesigner()
  return useSyncExternalStore(editor.subscribe, () => editor.state)
}

export function useWorkflow(): WorkflowModel {
  return useDesignerState().workflow.model
}

export function useView<T>(select: (view: DesignerView) => T): T {
  return useStore(useDesigner().view, select)
}

export function useSaving<T>(select: (saving: Saving) => T): T {
  return useStore(useDesigner().saving, select)
}

export interface CommandOptions {
  /** Steps of a group are undone together. */
  readonly group?: string
}

export type Execute = (command: DesignerCommand, options?: CommandOptions) => Outcome

/** Does what is asked; whoever asked hears why it was refused, and what came with it. */
export function useExecute(): Execute {
  const { editor, view } = useDesigner()
  return useMemo(() => executeOn(editor, view), [editor, view])
}

function executeOn(editor: DesignerEditor, view: ViewStore): Execute {
  return (command, options) => {
    const outcome = editor.execute(command, options)
    if (!outcome.allowed) tellUntilChange(editor, 'warn', outcome.reason)
    else if (outcome.notes.length > 0) tellUntilChange(editor, 'idle', outcome.notes.join(' '))
    else view.setState({ said: editor.state.undoLabel ?? '' })
    return outcome
  }
}

let groups = 0

/** A name under which steps are undone together. */
export function newGroup(kind: string): string {
  groups += 1
  return `${kind}:${groups}`
}

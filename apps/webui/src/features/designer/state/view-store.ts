import type { DesignerFile } from '@st2/designer'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SimulationState } from '../run/simulation.ts'

/** A transition of a task, and the line of it that was pointed at. */
export interface ChosenTransition {
  readonly task: string
  readonly index: number
  /** Box that the line leads to; null: the transition as a whole. */
  readonly target: string | null
}

export type DesignerPanel = 'chosen' | 'workflow' | 'action' | 'code'

export type DesignerDialog =
  | { readonly kind: 'save' | 'save-as' | 'delete' | 'run' | 'simulate' | 'keys' | 'playground' | 'find' }
  | { readonly kind: 'rename-task'; readonly task: string }
  | { readonly kind: 'rename-variable'; readonly name: string }
  | { readonly kind: 'add'; readonly after: AddPlace }
  | { readonly kind: 'link'; readonly task: string }

/** Where a new task comes from: a task that leads to it, a line it stands in, a point of the canvas. */
export interface AddPlace {
  readonly task: string | null
  /** The line from `task` that the new one comes into. */
  readonly between?: { readonly index: number; readonly target: string }
  readonly at?: { readonly x: number; readonly y: number }
}

/** What the canvas tells besides the workflow: a run, or a simulation. */
export type Performance =
  | { readonly kind: 'run'; readonly execution: string }
  | { readonly kind: 'simulation'; readonly state: SimulationState }

/** What one person looks at. The workflow itself is in the editor. */
export interface DesignerView {
  readonly chosen: readonly string[]
  readonly transition: ChosenTransition | null
  readonly panel: DesignerPanel
  readonly isPaletteOpen: boolean
  readonly isDetailsOpen: boolean
  readonly codeFile: DesignerFile
  /** A place that the code view is to show; a new object shows it again. */
  readonly reveal: { readonly from: number; readonly to: number; readonly focus?: boolean } | null
  readonly dialog: DesignerDialog | null
  readonly performance: Performance | null
  /** Read out by screen readers. */
  readonly said: string
}

export type ViewStore = StoreApi<DesignerView>

export function createViewStore(start: Partial<DesignerView>): ViewStore {
  return createStore<DesignerView>(() => ({
    chosen: [],
    transition: null,
    panel: 'chosen',
    isPaletteOpen: true,
    isDetailsOpen: true,
    codeFile: 'workflow',
    reveal: null,
    dialog: null,
    performance: null,
    said: '',
    ...start,
  }))
}

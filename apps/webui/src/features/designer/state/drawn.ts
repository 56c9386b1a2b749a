import type { ReactFlowInstance } from '@xyflow/react'
import type { DraftGraph } from '../canvas/draft-graph.ts'
import type { Picture } from '../canvas/places.ts'

/** Chooses a task, or several with it, brings it into view and gives it the focus. */
export type GoTo = (task: string, chosen?: readonly string[]) => void

/** The canvas as it is at present: commands ask it where things are. */
export interface Drawn {
  readonly graph: DraftGraph
  readonly picture: Picture
  readonly flow: ReactFlowInstance | null
  readonly frame: HTMLElement | null
  readonly goTo: GoTo
  readonly showAll: () => void
  /** A person chose what is seen: it is not shown anew by itself any more. */
  readonly zoom: (work: (flow: ReactFlowInstance) => unknown) => void
}

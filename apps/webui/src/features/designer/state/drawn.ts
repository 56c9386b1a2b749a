import type { ReactFlowInstance } from '@xyflow/react'
import type { DraftGraph } from '../canvas/draft-graph.ts'
import type { Picture } from '../canvas/places.ts'

/** The canvas as it is at present: commands ask it where things are. */
export interface Drawn {
  readonly graph: DraftGraph
  readonly picture: Picture
  readonly flow: ReactFlowInstance | null
  readonly frame: HTMLElement | null
  /** Chooses a task, brings it into view and gives it the focus. */
  readonly goTo: (task: string) => void
  readonly showAll: () => void
}

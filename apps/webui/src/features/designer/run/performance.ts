import type { ExecutionStatus } from '@st2/model'
import { createContext, useContext, useMemo } from 'react'
import { edgeStates, graphLooks } from '../../../widgets/run/graph-looks.ts'
import type { RunModel } from '../../../widgets/run/run-model.ts'
import type { EdgeState, NodeLook } from '../../../widgets/workflow-graph/node-look.ts'
import type { StaticGraph } from '../../../widgets/workflow-graph/static-graph.ts'
import type { DraftGraph } from '../canvas/draft-graph.ts'

/** A run, or a simulation of one, as the canvas shows it. */
export interface Played {
  readonly status: ExecutionStatus
  readonly model: RunModel
}

/** null: nothing is played. */
export const PlayedContext = createContext<Played | null>(null)

export interface Looks {
  readonly looks: ReadonlyMap<string, NodeLook>
  readonly states: ReadonlyMap<string, EdgeState>
  /** Boxes that a taken line leads to. */
  readonly taken: ReadonlySet<string>
}

const NOTHING: Looks = { looks: new Map(), states: new Map(), taken: new Set() }

/** How tasks and transitions look in what is played. */
export function usePerformance(graph: DraftGraph): Looks {
  const played = useContext(PlayedContext)
  return useMemo(() => (played === null ? NOTHING : looksOf(graph, played)), [graph, played])
}

function looksOf(graph: DraftGraph, { model, status }: Played): Looks {
  const drawn: StaticGraph = {
    nodes: graph.nodes.flatMap((node) => (node.kind === 'missing' ? [] : [node])),
    edges: graph.edges,
  }
  const states = edgeStates(drawn, model, status)
  const taken = new Set(graph.edges.filter(({ id }) => states.get(id) === 'taken').map(({ target }) => target))
  return { looks: graphLooks(drawn, model, status), states, taken }
}

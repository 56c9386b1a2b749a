import type { Edge } from '@xyflow/react'
import { COMMAND, TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import type { Point } from '../../../widgets/workflow-graph/layout-shape.ts'
import type { EdgeState } from '../../../widgets/workflow-graph/node-look.ts'
import type { ChosenTransition } from '../state/view-store.ts'
import type { DraftEdge, DraftGraph } from './draft-graph.ts'
import type { DrawnBefore } from './drawn-before.ts'
import { edgeLabels, edgeMeaning } from './edge-label.ts'
import type { Picture } from './places.ts'

export type DesignEdgeData = {
  readonly edge: DraftEdge
  readonly words: string
  readonly meaning: string
  /** `here`: this line was pointed at; `same`: another line of its transition. */
  readonly chosen: 'here' | 'same' | null
  readonly state: EdgeState
  readonly route: Route | null
}

/** The layout's way, which holds as long as the line ends where it did. */
export interface Route {
  readonly points: readonly Point[]
  readonly label: Point | null
  readonly from: Point
  readonly to: Point
}

export interface EdgeFacts {
  readonly graph: DraftGraph
  readonly picture: Picture
  readonly chosen: ChosenTransition | null
  readonly states: ReadonlyMap<string, EdgeState>
}

export type DesignFlowEdge = Edge<DesignEdgeData>

export function flowEdges(facts: EdgeFacts, cache: DrawnBefore<DesignFlowEdge>): DesignFlowEdge[] {
  const { graph, picture, chosen, states } = facts
  const labels = edgeLabels(graph.edges)
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]))
  return cache.list(
    graph.edges.map((edge) => {
      const words = labels.get(edge.id) ?? ''
      const here = isChosen(edge, chosen)
      const meaning = edgeMeaning(edge)
      const state = states.get(edge.id) ?? 'open'
      const width = kinds.get(edge.target) === 'task' ? TASK.width : COMMAND.width
      const parts = [words, here, meaning, state, edge.color, edge.lane, picture]
      return {
        id: edge.id,
        parts,
        make: () => edgeOf({ edge, words, meaning, chosen: here, state, route: routeOf(edge, picture, width) }),
      }
    }),
  )
}

function edgeOf(data: DesignEdgeData): DesignFlowEdge {
  const { id, source, target } = data.edge
  return {
    id,
    source,
    target,
    type: 'transition',
    focusable: false,
    // Choosing a transition is not choosing boxes.
    selectable: false,
    zIndex: data.chosen === null ? 0 : 1,
    data,
  }
}

function isChosen({ source, index, target }: DraftEdge, chosen: ChosenTransition | null): DesignEdgeData['chosen'] {
  if (chosen?.task !== source || chosen.index !== index) return null
  return chosen.target === target || chosen.target === null ? 'here' : 'same'
}

function routeOf({ id, source, target }: DraftEdge, { places, routes }: Picture, width: number): Route | null {
  const route = routes.get(id)
  const from = places.get(source)
  const to = places.get(target)
  // A line to where it began is drawn better by hand.
  if (route === undefined || from === undefined || to === undefined || source === target) return null
  return {
    ...route,
    from: { x: from.x + TASK.width / 2, y: from.y + TASK.height },
    to: { x: to.x + width / 2, y: to.y },
  }
}

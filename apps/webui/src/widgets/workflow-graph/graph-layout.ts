import { edgeWords } from './edge-words.ts'
import { fitZoom, layOut } from './layout.ts'
import type { Direction, Layout } from './layout-shape.ts'
import type { StaticGraph } from './static-graph.ts'

/** px of what is drawn. */
export const TASK = { width: 216, height: 58 } as const
export const COMMAND = { width: 92, height: 28 } as const
const LETTER = 6.4
const LABEL_HEIGHT = 18

/** Tasks up to which both directions are tried; laying out costs more than proportionally. */
const FEW = 60

/** The picture of a workflow for a room of that size: down, or to the right where it is larger that way. */
export function layOutGraph(graph: StaticGraph, room: { readonly width: number; readonly height: number }): Layout {
  const down = inDirection(graph, 'down')
  if (graph.nodes.length > FEW || fitZoom(down, room) >= 1) return down
  const right = inDirection(graph, 'right')
  return fitZoom(right, room) > fitZoom(down, room) * 1.1 ? right : down
}

function inDirection(graph: StaticGraph, direction: Direction): Layout {
  const words = edgeWords(graph)
  return layOut(
    {
      nodes: graph.nodes.map(({ id, kind }) => ({ id, ...(kind === 'task' ? TASK : COMMAND) })),
      edges: graph.edges.map(({ id, source, target }) => ({ id, source, target, label: labelSize(words.get(id)) })),
    },
    direction,
  )
}

function labelSize(text: string | undefined) {
  return text === undefined ? undefined : { width: text.length * LETTER + 14, height: LABEL_HEIGHT }
}

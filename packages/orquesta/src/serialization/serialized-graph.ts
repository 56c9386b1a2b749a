import { compareText } from '@st2/python-values'
import type { GraphEdge, WorkflowGraph } from '../graph/workflow-graph.ts'

export interface SerializedGraph {
  directed: true
  multigraph: true
  graph: []
  nodes: Record<string, unknown>[]
  /** In the order of the nodes. */
  adjacency: Record<string, unknown>[][]
}

/** The graph as networkx writes it down (`adjacency_data`). */
export function serializeGraph(graph: WorkflowGraph): SerializedGraph {
  const nodes = [...graph.nodes]
  return {
    directed: true,
    multigraph: true,
    graph: [],
    nodes: nodes.map((node) => ({ ...node })),
    adjacency: nodes.map(({ id }) =>
      [...graph.next(id)].sort((left, right) => compareText(left.destination, right.destination)).map(edgeRow),
    ),
  }
}

function edgeRow({ when, ref, destination, key }: GraphEdge): Record<string, unknown> {
  return { criteria: when === null ? [] : [when], ref, id: destination, key }
}

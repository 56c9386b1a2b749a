import { Graph, layout as arrange } from '@dagrejs/dagre'

/** What is to be placed: boxes and what connects them. */
export interface LayoutInput {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly {
    readonly id: string
    readonly source: string
    readonly target: string
    /** Room for words on the line. */
    readonly label?: { readonly width: number; readonly height: number } | undefined
  }[]
}

export interface Point {
  readonly x: number
  readonly y: number
}

export type Direction = 'down' | 'right'

export interface Layout {
  readonly direction: Direction
  readonly width: number
  readonly height: number
  /** Upper left corners. */
  readonly nodes: ReadonlyMap<string, Point & { readonly width: number; readonly height: number }>
  /** The way of each line, ends included, and the middle of its words. */
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point | null }>
}

/** px between boxes of a layer, between layers, between lines, and around everything. */
const NODE_GAP = 28
const LAYER_GAP = 46
const EDGE_GAP = 14
const MARGIN = 24
/** Boxes from which the cheaper of two rankings is used: the finer one takes seconds for thousands. */
const MANY = 150

/**
 * Places boxes in layers, so that lines lead in one direction as far as there are no cycles. The same input gives the same
 * picture. Edges to boxes that are not there are left out. Pure.
 */
export function layOut({ nodes, edges }: LayoutInput, direction: Direction = 'down'): Layout {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: direction === 'down' ? 'TB' : 'LR',
    nodesep: NODE_GAP,
    ranksep: LAYER_GAP,
    edgesep: EDGE_GAP,
    marginx: MARGIN,
    marginy: MARGIN,
    ranker: nodes.length > MANY ? 'longest-path' : 'network-simplex',
  })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  const drawn = edges.filter(({ source, target }) => graph.hasNode(source) && graph.hasNode(target))
  for (const { id, source, target, label } of drawn)
    graph.setEdge(source, target, { labelpos: 'c', width: label?.width ?? 0, height: label?.height ?? 0 }, id)
  arrange(graph)
  const { width = 0, height = 0 }: { width?: number; height?: number } = graph.graph()
  return {
    direction,
    width,
    height,
    nodes: new Map(nodes.map(({ id, width, height }) => [id, cornerOf(graph.node(id), width, height)])),
    edges: new Map(
      drawn.map(({ id, source, target, label }) => {
        const { points = [], x, y }: EdgePlace = graph.edge(source, target, id)
        return [id, { points, label: label === undefined || x === undefined || y === undefined ? null : { x, y } }]
      }),
    ),
  }
}

interface EdgePlace {
  readonly points?: readonly Point[]
  readonly x?: number
  readonly y?: number
}

/** dagre tells middles. */
function cornerOf({ x = 0, y = 0 }: Partial<Point>, width: number, height: number) {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

/** How large it would be drawn when all of it is to be seen, 1 at most. */
export function fitZoom({ width, height }: Layout, room: { readonly width: number; readonly height: number }): number {
  return Math.min(1, room.width / width, room.height / height)
}

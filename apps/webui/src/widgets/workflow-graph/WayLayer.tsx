import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import { conditionText, edgeWords } from './edge-words.ts'
import type { Layout, Point } from './layout-shape.ts'
import type { EdgeState } from './node-look.ts'
import type { StaticGraph } from './static-graph.ts'

interface WayLayerProps {
  readonly graph: StaticGraph
  readonly layout: Layout
  readonly states: ReadonlyMap<string, EdgeState>
}

const STATES: readonly EdgeState[] = ['open', 'refused', 'taken']

/** All transitions, on the ways that the layout found for them, below the tasks. Those that were taken lie on top. */
export const WayLayer = memo(function WayLayer({ graph, layout, states }: WayLayerProps) {
  const words = edgeWords(graph)
  const ways = graph.edges.flatMap((edge) => {
    const way = layout.edges.get(edge.id)
    return way === undefined ? [] : [{ edge, way, state: states.get(edge.id) ?? 'open' }]
  })
  return (
    <ViewportPortal>
      <svg aria-hidden="true" className="ways" height={layout.height} width={layout.width}>
        <defs>
          {STATES.map((state) => (
            <marker
              className="way-end"
              data-state={state}
              id={`way-end-${state}`}
              key={state}
              markerHeight="7"
              markerUnits="userSpaceOnUse"
              markerWidth="8"
              orient="auto"
              refX="7"
              refY="3.5"
            >
              <path d="M0 0 8 3.5 0 7z" />
            </marker>
          ))}
        </defs>
        {STATES.flatMap((wanted) =>
          ways
            .filter(({ state }) => state === wanted)
            .map(({ edge, way, state }) => (
              <path
                className="way"
                d={smooth(way.points)}
                data-edge={edge.id}
                data-state={state}
                key={edge.id}
                markerEnd={`url(#way-end-${state})`}
              />
            )),
        )}
      </svg>
      {ways.map(({ edge, way, state }) => {
        const text = words.get(edge.id)
        if (text === undefined || way.label === null) return null
        const { x, y } = way.label
        return (
          <span
            className="way-words"
            data-state={state}
            key={edge.id}
            style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
            title={conditionText(edge.condition)}
          >
            {text}
          </span>
        )
      })}
    </ViewportPortal>
  )
})

/** Through the middles of all parts, bent at the corners. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x},${first.y}`
  rest.forEach((point, index) => {
    const next = rest[index + 1]
    if (next === undefined) path += ` L${point.x},${point.y}`
    else path += ` Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`
  })
  return path
}

import { type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { useDesigner } from '../state/designer-context.ts'
import { chooseTransition } from '../state/chosen.ts'
import { edgePath, routedPath } from './edge-path.ts'
import { EdgeTools } from './EdgeTools.tsx'
import type { DesignEdgeData, Route } from './flow-edges.ts'

/** A transition, or one of several ways of it. */
export const DesignEdge = memo(function DesignEdge(props: EdgeProps<Edge<DesignEdgeData>>) {
  const { view } = useDesigner()
  const { data, sourceX, sourceY, targetX, targetY } = props
  if (data === undefined) return null
  const { edge, words, meaning, chosen, state, route } = data
  const from = { x: sourceX, y: sourceY }
  const to = { x: targetX, y: targetY }
  const { path, label } = holds(route, props)
    ? routedPath(from, to, route.points, route.label)
    : edgePath(from, to, edge.lane)
  const choose = () => chooseTransition(view, { task: edge.source, index: edge.index, target: edge.target })
  const marker = chosen === null ? markerOf(edge.color, state) : 'design-end-chosen'
  return (
    <>
      <path className="design-way-hit react-flow__edge-interaction" d={path} onClick={choose} />
      <path
        className="way design-way"
        d={path}
        data-chosen={chosen ?? undefined}
        data-state={state}
        markerEnd={`url(#${marker})`}
        style={edge.color === null || chosen !== null ? undefined : { stroke: edge.color }}
      />
      {(words !== '' || chosen === 'here') && (
        <EdgeLabelRenderer>
          <div
            className="design-label nodrag nopan"
            data-chosen={chosen ?? undefined}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {chosen === 'here' ? (
              <EdgeTools edge={edge} />
            ) : (
              <button
                className="way-words design-words"
                data-state={state}
                data-transition={edge.id}
                onClick={choose}
                tabIndex={-1}
                title={meaning}
                type="button"
              >
                {edge.condition.kind === 'failed' && <Icon name="cross" size={10} />}
                {words}
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

function holds(route: Route | null, { sourceX, sourceY, targetX, targetY }: EdgeProps): route is Route {
  if (route === null) return false
  const { from, to } = route
  return isNear(from.x, sourceX) && isNear(from.y, sourceY) && isNear(to.x, targetX) && isNear(to.y, targetY)
}

/** px; the handle of a task stands out a little. */
const NEAR = 9

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < NEAR
}

function markerOf(color: string | null, state: DesignEdgeData['state']): string {
  return color === null || state !== 'open' ? `design-end-${state}` : `design-end-${color.slice(1).toLowerCase()}`
}

import { useReactFlow, useViewport } from '@xyflow/react'
import { memo, type PointerEvent, useMemo } from 'react'
import type { DraftGraph } from './draft-graph.ts'
import { boundsOf, type Places } from './places.ts'
import { boxesOf } from './walk-graph.ts'

interface CanvasMapProps {
  readonly graph: DraftGraph
  readonly places: Places
  readonly chosen: readonly string[]
  /** Of the canvas, px. */
  readonly room: { readonly width: number; readonly height: number }
}

/** px of the map. */
const SIZE = { width: 164, height: 112 } as const
/** px of the workflow around all of it. */
const MARGIN = 60

/**
 * All of the workflow, and which part of it is seen; pressing it goes there. It is one drawing, whatever the number of tasks: it
 * must not cost anything while something is dragged.
 */
export function CanvasMap({ graph, places, chosen, room }: CanvasMapProps) {
  const flow = useReactFlow()
  const { x, y, zoom } = useViewport()
  const bounds = useMemo(() => paddedBounds(places), [places])
  const scale = Math.min(SIZE.width / bounds.width, SIZE.height / bounds.height)
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === 'pointermove' && event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    const left = (event.clientX - box.left - (SIZE.width - bounds.width * scale) / 2) / scale + bounds.x
    const top = (event.clientY - box.top - (SIZE.height - bounds.height * scale) / 2) / scale + bounds.y
    void flow.setCenter(left, top, { zoom })
  }
  const view = [bounds.x, bounds.y, bounds.width, bounds.height].join(' ')
  return (
    <svg
      aria-label="Map of the workflow"
      className="design-map"
      height={SIZE.height}
      onPointerDown={go}
      onPointerMove={go}
      role="img"
      viewBox={view}
      width={SIZE.width}
    >
      <Boxes chosen={chosen} graph={graph} places={places} />
      <rect
        className="design-map-view"
        height={room.height / zoom}
        vectorEffect="non-scaling-stroke"
        width={room.width / zoom}
        x={-x / zoom}
        y={-y / zoom}
      />
    </svg>
  )
}

const Boxes = memo(function Boxes({ graph, places, chosen }: Pick<CanvasMapProps, 'graph' | 'places' | 'chosen'>) {
  const boxes = boxesOf(graph, places)
  const draw = (names: Iterable<string>) =>
    [...names].map((name) => {
      const box = boxes.get(name)
      return box === undefined ? '' : `M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z`
    })
  return (
    <>
      <path className="design-map-tasks" d={draw(boxes.keys()).join('')} vectorEffect="non-scaling-stroke" />
      <path className="design-map-chosen" d={draw(chosen).join('')} vectorEffect="non-scaling-stroke" />
    </>
  )
})

/** With some room around it. */
function paddedBounds(places: Places) {
  const { x, y, width, height } = boundsOf(places)
  return { x: x - MARGIN, y: y - MARGIN, width: width + MARGIN * 2, height: height + MARGIN * 2 }
}

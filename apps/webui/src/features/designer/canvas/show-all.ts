import type { ReactFlowInstance } from '@xyflow/react'
import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { boundsOf, type Places } from './places.ts'

export const FIT = { maxZoom: 1, padding: 0.12 } as const
/** Smaller is not readable: of a larger workflow its beginning is shown. */
const READABLE_ZOOM = 0.45
const MARGIN = 40

/** All of the workflow where that can be read, else its beginning. */
export function showAll(
  flow: ReactFlowInstance,
  places: Places,
  room: { readonly width: number; readonly height: number },
): void {
  const [first] = places.values()
  if (first === undefined) return
  const { x: left, y: top, width, height } = boundsOf(places)
  const zoom = Math.min(1, (room.width - MARGIN * 2) / width, (room.height - MARGIN * 2) / height)
  if (zoom < READABLE_ZOOM) {
    const start = { x: room.width / 2 - (first.x + TASK.width / 2) * 0.8, y: MARGIN - first.y * 0.8 }
    void flow.setViewport({ ...start, zoom: 0.8 })
  } else
    void flow.setViewport({
      x: (room.width - width * zoom) / 2 - left * zoom,
      y: (room.height - height * zoom) / 2 - top * zoom,
      zoom,
    })
}

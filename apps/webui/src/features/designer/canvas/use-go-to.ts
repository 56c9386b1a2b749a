import type { ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useCallback } from 'react'
import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { chooseTasks } from '../state/chosen.ts'
import { useDesigner } from '../state/designer-context.ts'
import type { GoTo } from '../state/drawn.ts'

/** Frames in which a box that was out of sight comes to be. */
const PATIENCE_FRAMES = 30
const READABLE_ZOOM = 0.5

export function useGoTo(flow: ReactFlowInstance | null, frame: RefObject<HTMLElement | null>): GoTo {
  const { view, drawn } = useDesigner()
  return useCallback(
    (task, chosen = [task]) => {
      chooseTasks(view, chosen)
      // What was just added is drawn in the next frame.
      requestAnimationFrame(() => {
        const place = drawn.current?.picture.places.get(task)
        const element = frame.current
        if (flow !== null && element !== null && place !== undefined) bringIntoView(flow, element, place)
        focusWhenThere(element, task, PATIENCE_FRAMES)
      })
    },
    [flow, frame, view, drawn],
  )
}

function bringIntoView(flow: ReactFlowInstance, frame: HTMLElement, { x, y }: { x: number; y: number }): void {
  const viewport = flow.getViewport()
  const left = x * viewport.zoom + viewport.x
  const top = y * viewport.zoom + viewport.y
  const isSeen =
    left >= 0 &&
    top >= 0 &&
    left + TASK.width * viewport.zoom <= frame.clientWidth &&
    top + TASK.height * viewport.zoom <= frame.clientHeight
  if (isSeen) return
  const zoom = Math.max(viewport.zoom, READABLE_ZOOM)
  void flow.setCenter(x + TASK.width / 2, y + TASK.height / 2, { zoom })
}

function focusWhenThere(frame: HTMLElement | null, task: string, frames: number): void {
  const button = frame?.querySelector<HTMLElement>(`[data-task="${CSS.escape(task)}"]`)
  if (button != null) button.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusWhenThere(frame, task, frames - 1))
}

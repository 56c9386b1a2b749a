import type { Node, NodeChange } from '@xyflow/react'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { Point } from '../../../widgets/workflow-graph/layout-shape.ts'
import { chooseTasks } from '../state/chosen.ts'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import type { ViewStore } from '../state/view-store.ts'

type Moving = ReadonlyMap<string, Point>

interface Dragging {
  readonly nodes: Node[]
  readonly onNodesChange: (changes: NodeChange[]) => void
}

/** What the pointer moves and chooses: the workflow hears of it when it is put down, once for all of them. */
export function useDragging(nodes: Node[]): Dragging {
  const { view } = useDesigner()
  const execute = useExecute()
  const [moving, setMoving] = useState<Moving | null>(null)
  const latest = useRef<Map<string, Point>>(new Map())
  const still = useRef(nodes)
  const isDropped = useRef(false)
  still.current = nodes

  useLayoutEffect(() => {
    if (!isDropped.current) return
    isDropped.current = false
    setMoving(null)
  }, [nodes])
  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      choose(changes, view)
      const moves = changes.flatMap((change) => (change.type === 'position' ? [change] : []))
      for (const { id, position } of moves) if (position !== undefined) latest.current.set(id, position)
      if (moves.some(({ dragging }) => dragging === false)) {
        const before = new Map(still.current.map(({ id, position }) => [id, position]))
        const moved = [...latest.current].filter(([id, { x, y }]) => before.get(id)?.x !== x || before.get(id)?.y !== y)
        latest.current = new Map()
        const isDone = moved.length > 0 && execute({ verb: 'move-tasks', positions: Object.fromEntries(moved) }).allowed
        // They stay where they were put down until they are drawn there.
        isDropped.current = isDone
        if (!isDone) setMoving(null)
      } else if (moves.length > 0) setMoving(new Map(latest.current))
    },
    [view, execute],
  )
  return { nodes: moving === null ? nodes : nodes.map((node) => moved(node, moving)), onNodesChange }
}

function choose(changes: readonly NodeChange[], view: ViewStore): void {
  const choices = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
  if (choices.length === 0) return
  const chosen = new Set(view.getState().chosen)
  for (const { id, selected } of choices) {
    if (selected) chosen.add(id)
    else chosen.delete(id)
  }
  chooseTasks(view, [...chosen])
}

function moved(node: Node, moving: Moving): Node {
  const position = moving.get(node.id)
  return position === undefined ? node : { ...node, position, dragging: true }
}

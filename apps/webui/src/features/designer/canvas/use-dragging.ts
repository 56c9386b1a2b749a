import type { Node, NodeChange } from '@xyflow/react'
import { useRef, useState } from 'react'
import type { Point } from '../../../widgets/workflow-graph/layout.ts'
import { chooseTasks } from '../state/chosen.ts'
import { useDesigner, useExecute } from '../state/designer-context.ts'

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

  const drop = () => {
    const before = new Map(nodes.map(({ id, position }) => [id, position]))
    const moved = [...latest.current].filter(([id, { x, y }]) => before.get(id)?.x !== x || before.get(id)?.y !== y)
    latest.current = new Map()
    setMoving(null)
    if (moved.length > 0) execute({ verb: 'move-tasks', positions: Object.fromEntries(moved) })
  }
  return {
    nodes: moving === null ? nodes : nodes.map((node) => moved(node, moving)),
    onNodesChange: (changes) => {
      const chosen = new Set(view.getState().chosen)
      let isChoice = false
      let isMove = false
      let isEnd = false
      for (const change of changes) {
        if (change.type === 'select') {
          isChoice = true
          if (change.selected) chosen.add(change.id)
          else chosen.delete(change.id)
        } else if (change.type === 'position') {
          if (change.position !== undefined) {
            latest.current.set(change.id, change.position)
            isMove = true
          }
          if (change.dragging === false) isEnd = true
        }
      }
      if (isChoice) chooseTasks(view, [...chosen])
      if (isEnd) drop()
      else if (isMove) setMoving(new Map(latest.current))
    },
  }
}

function moved(node: Node, moving: Moving): Node {
  const position = moving.get(node.id)
  return position === undefined ? node : { ...node, position, dragging: true }
}

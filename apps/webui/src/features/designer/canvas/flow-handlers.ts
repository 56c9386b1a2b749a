import { canConnect } from '@st2/designer'
import type { Connection, FinalConnectionState, ReactFlowInstance } from '@xyflow/react'
import type { DragEvent, RefObject } from 'react'
import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { WHEN_SUCCEEDED } from '../details/conditions.ts'
import { ACTION_TYPE } from '../palette/drag-type.ts'
import { rememberAction } from '../palette/recent-actions.ts'
import { chooseTasks } from '../state/chosen.ts'
import type { Designer, Execute } from '../state/designer-context.ts'
import { addTask } from '../state/task-operations.ts'
import { isWide } from '../state/width.ts'
import type { GoTo } from '../state/drawn.ts'

interface FlowTools {
  readonly designer: Designer
  readonly execute: Execute
  readonly flow: ReactFlowInstance | null
  readonly goTo: GoTo
  readonly frame: RefObject<HTMLElement | null>
  readonly isMoved: { current: boolean }
  readonly setConnecting: (isConnecting: boolean) => void
}

/** What gestures on the canvas do. They are made once: others for each letter that is typed would cost more than the letter. */
export function flowHandlers({ designer, execute, flow, goTo, frame, isMoved, setConnecting }: FlowTools) {
  const { editor, view } = designer
  return {
    isValidConnection: ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      canConnect(editor.state.workflow.model, source, target).allowed,
    onConnect: ({ source, target }: Connection) =>
      execute({ verb: 'add-transition', task: source, do: [target], when: WHEN_SUCCEEDED }),
    onConnectStart: () => setConnecting(true),
    onConnectEnd: (_event: unknown, { fromNode, toNode, isValid, pointer }: FinalConnectionState) => {
      setConnecting(false)
      if (fromNode === null || isValid === true || toNode !== null || pointer === null) return
      // Put down where nothing is: what follows is made there.
      const at = { x: pointer.x - TASK.width / 2, y: pointer.y }
      view.setState({ dialog: { kind: 'add', after: { task: fromNode.id, at } } })
    },
    onMoveStart: (event: unknown) => {
      if (event !== null) isMoved.current = true
    },
    onNodeClick: (_event: unknown, { id }: { readonly id: string }) => {
      focusTask(frame.current, id)
      if (isWide() || !editor.state.workflow.model.taskNames.has(id)) return
      // Where there is no room for both the details come when a task is tapped, and its box stays in sight.
      view.setState({ isDetailsOpen: true })
      requestAnimationFrame(() => goTo(id))
    },
    onNodeDoubleClick: () => view.setState({ isDetailsOpen: true, panel: 'chosen' }),
    onNodeDragStop: (_event: unknown, { id }: { readonly id: string }) => {
      const { chosen } = view.getState()
      goTo(id, chosen.includes(id) ? chosen : [id])
    },
    onPaneClick: () => {
      chooseTasks(view, [])
      if (!isWide()) view.setState({ isDetailsOpen: false })
    },
    onDrop: (event: DragEvent) => {
      const action = event.dataTransfer.getData(ACTION_TYPE)
      if (action === '' || flow === null) return
      event.preventDefault()
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const name = addTask(designer, execute, action, {
        task: null,
        at: { x: x - TASK.width / 2, y: y - TASK.height / 2 },
      })
      if (name === null) return
      rememberAction(action)
      goTo(name)
    },
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(ACTION_TYPE)) event.preventDefault()
    },
  }
}

function focusTask(frame: HTMLElement | null, task: string): void {
  frame?.querySelector<HTMLElement>(`[data-task="${CSS.escape(task)}"]`)?.focus({ preventScroll: true })
}

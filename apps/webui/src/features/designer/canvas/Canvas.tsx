import '@xyflow/react/dist/base.css'
import '../../../widgets/workflow-graph/workflow-graph.css'
import './canvas.css'
import { type Node, Panel, ReactFlow, type ReactFlowInstance, SelectionMode } from '@xyflow/react'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { hrefOf, paths } from '../../../paths.ts'
import { Button } from '../../../ui/Button.tsx'
import { useRoom } from '../../../widgets/workflow-graph/use-room.ts'
import { chooseTasks } from '../state/chosen.ts'
import { useDesigner, useExecute, useView, useWorkflow } from '../state/designer-context.ts'
import { useKnownActions } from '../palette/use-actions.ts'
import { usePerformance } from '../run/performance.ts'
import { pressOnCanvas } from './canvas-keys.ts'
import { CanvasMap } from './CanvasMap.tsx'
import { ConnectHint } from './ConnectHint.tsx'
import { DesignEdge } from './DesignEdge.tsx'
import { DesignCommand, DesignTask, MissingNode } from './DesignTask.tsx'
import { EdgeEnds } from './EdgeEnds.tsx'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { DrawnBefore } from './drawn-before.ts'
import { type DesignFlowEdge, flowEdges } from './flow-edges.ts'
import { flowHandlers } from './flow-handlers.ts'
import { flowNodes } from './flow-nodes.ts'
import { GRID } from './places.ts'
import { troublesOf } from './troubles.ts'
import { useClipboard } from './use-clipboard.ts'
import { useDragging } from './use-dragging.ts'
import { useProblems } from '../state/problems-context.ts'
import { usePicture } from './use-picture.ts'
import { FIT, showAll } from './show-all.ts'
import { useGoTo } from './use-go-to.ts'

const NODE_TYPES = { task: DesignTask, command: DesignCommand, missing: MissingNode }
const EDGE_TYPES = { transition: DesignEdge }
const SNAP: [number, number] = [GRID, GRID]
const MORE_KEYS = ['Shift', 'Control', 'Meta']
const ZOOM_KEYS = ['Control', 'Meta', 'Alt']
const PLAIN = { hideAttribution: true }
const MIN_ZOOM = 0.05
const MAX_ZOOM = 2
/** Tasks from which a map helps. */
const MAPPED = 9
/** Boxes from which only those in sight exist. */
const MANY = 120
/** px around a handle in which a line may be put down. */
const CONNECT_RADIUS = 30

/** The workflow as a picture that is worked on. */
export function Canvas() {
  const designer = useDesigner()
  const { view, drawn } = designer
  const execute = useExecute()
  const current = useWorkflow()
  const deferred = useDeferredValue(current)
  // Who types does not wait for the picture.
  const workflow = useView((state) => state.panel) === 'code' ? deferred : current
  const chosen = useView((state) => state.chosen)
  const transition = useView((state) => state.transition)
  const { graph, picture } = usePicture(workflow)
  const { looks, states, taken } = usePerformance(graph)
  const knownActions = useKnownActions()
  const problems = useProblems()
  const frame = useRef<HTMLDivElement>(null)
  const [flow, setFlow] = useState<ReactFlowInstance | null>(null)
  const [isConnecting, setConnecting] = useState(false)
  const [cache] = useState(() => ({ nodes: new DrawnBefore<Node>(), edges: new DrawnBefore<DesignFlowEdge>() }))
  const helpId = useId()
  const room = useRoom(frame)
  const isMoved = useRef(false)
  const goTo = useGoTo(flow, frame)
  const clipboard = useClipboard()
  const { onDrop, onDragOver, ...gestures } = useMemo(
    () => flowHandlers({ designer, execute, flow, goTo, frame, isMoved, setConnecting }),
    [designer, execute, flow, goTo],
  )

  const troubles = useMemo(() => troublesOf(problems), [problems])
  const nodes = useMemo(() => {
    const names = new Set(chosen)
    const stop = chosen.findLast((name) => workflow.taskNames.has(name)) ?? workflow.tasks[0]?.name ?? null
    const facts = {
      graph,
      tasks: workflow.taskNames,
      places: picture.places,
      chosen: names,
      stop,
      looks,
      troubles,
      knownActions,
      taken,
    }
    return flowNodes(facts, cache.nodes)
  }, [graph, picture, workflow, chosen, looks, troubles, knownActions, taken])
  const edges = useMemo(
    () => flowEdges({ graph, picture, chosen: transition, states }, cache.edges),
    [graph, picture, transition, states],
  )
  const dragging = useDragging(nodes)

  const zoom = (work: (drawing: ReactFlowInstance) => unknown) => {
    isMoved.current = true
    if (flow !== null) work(flow)
  }
  const isLaidOut = workflow.tasks.every(({ position }) => position === null)
  useEffect(() => {
    if (flow !== null && room !== null && !isMoved.current) showAll(flow, picture.places, room)
    // A layout that was made anew is shown anew; tasks that somebody placed stay where they are seen.
  }, [flow, room?.width, room?.height, isLaidOut ? picture : null])
  useEffect(() => {
    const all = () => flow !== null && room !== null && showAll(flow, picture.places, room)
    drawn.current = { graph, picture, flow, frame: frame.current, goTo, showAll: all, zoom }
  })

  const pressed = (event: KeyboardEvent) => {
    if (isForControl(event)) return
    const focused = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-task]') : null
    const name = focused?.dataset['task']
    // However the focus came there: keys are for the task that has it.
    if (name !== undefined && !view.getState().chosen.includes(name)) chooseTasks(view, [name])
    const isDone = pressOnCanvas(event, {
      designer,
      execute,
      goTo,
      openAction: (task) => openAction(workflow.taskNames.get(task)?.action ?? null),
      editChosen: () => {
        view.setState({ isDetailsOpen: true, panel: 'chosen' })
        focusDetails()
      },
    })
    if (isDone) event.preventDefault()
  }

  return (
    <div
      aria-describedby={helpId}
      aria-label="Canvas"
      className="workflow-graph design-canvas"
      data-connecting={isConnecting || undefined}
      data-many={nodes.length > MANY || undefined}
      onDragOver={onDragOver}
      onDrop={onDrop}
      onKeyDown={pressed}
      ref={frame}
      role="region"
      {...clipboard}
    >
      <p className="sr-only" id={helpId}>
        Arrow keys walk from task to task, Enter edits, Tab adds a task after the chosen one, F6 goes on to the details,
        question mark shows all keys.
      </p>
      <EdgeEnds colors={colorsOf(graph.edges)} />
      <ReactFlow
        colorMode="light"
        connectionRadius={CONNECT_RADIUS}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgeTypes={EDGE_TYPES}
        edges={edges}
        edgesFocusable={false}
        edgesReconnectable={false}
        elevateEdgesOnSelect={false}
        maxZoom={MAX_ZOOM}
        minZoom={MIN_ZOOM}
        multiSelectionKeyCode={MORE_KEYS}
        nodeTypes={NODE_TYPES}
        nodes={dragging.nodes}
        nodesFocusable={false}
        onInit={setFlow}
        onNodesChange={dragging.onNodesChange}
        onlyRenderVisibleElements={nodes.length > MANY}
        panActivationKeyCode={null}
        panOnScroll
        proOptions={PLAIN}
        // Its form is not wanted while it moves.
        selectNodesOnDrag={false}
        selectionKeyCode="Shift"
        selectionMode={SelectionMode.Partial}
        snapGrid={SNAP}
        snapToGrid
        zoomActivationKeyCode={ZOOM_KEYS}
        zoomOnDoubleClick={false}
        {...gestures}
      >
        {workflow.tasks.length >= MAPPED && room !== null && (
          <Panel className="design-map-panel" position="bottom-right">
            <CanvasMap chosen={chosen} graph={graph} places={picture.places} room={room} />
          </Panel>
        )}
        <Panel className="design-zoom" position="bottom-left">
          <Button aria-label="Zoom in" icon="plus" onClick={() => zoom((drawing) => drawing.zoomIn())} size="s" />
          <Button aria-label="Zoom out" icon="dash" onClick={() => zoom((drawing) => drawing.zoomOut())} size="s" />
          <Button
            aria-label="Show all of it"
            icon="fit"
            onClick={() => zoom((drawing) => drawing.fitView(FIT))}
            size="s"
          />
          <Button aria-label="Keys" icon="info" onClick={() => view.setState({ dialog: { kind: 'keys' } })} size="s" />
        </Panel>
        <ConnectHint />
      </ReactFlow>
      {workflow.tasks.length === 0 && <EmptyCanvas />}
    </div>
  )
}

/** Buttons over the canvas are pressed as everywhere, and fields are typed into. */
function isForControl({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('input, select, textarea, .design-tools') !== null) return true
  const isPress = key === 'Enter' || key === ' ' || key === 'Tab'
  return isPress && target.closest('button, a') !== null && target.closest('[data-task]') === null
}

function colorsOf(edges: readonly { readonly color: string | null }[]): string {
  return [...new Set(edges.flatMap(({ color }) => color?.toLowerCase() ?? []))].join(' ')
}

function focusDetails(): void {
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('.designer-details :is(input, textarea, select, button.combobox-button)')
      ?.focus(),
  )
}

function openAction(action: string | null): void {
  if (action !== null && action !== '') window.open(hrefOf(paths.action(action)), '_blank', 'noopener')
}

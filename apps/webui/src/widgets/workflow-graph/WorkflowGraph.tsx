import '@xyflow/react/dist/base.css'
import './workflow-graph.css'
import { MiniMap, type Node, ReactFlow, type ReactFlowInstance, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { layOutGraph } from './graph-layout.ts'
import { fitZoom } from './layout.ts'
import type { Layout } from './layout-shape.ts'
import type { EdgeState, NodeLook } from './node-look.ts'
import type { StaticGraph } from './static-graph.ts'
import { CommandNode, TaskNode } from './TaskNode.tsx'
import { useRoom } from './use-room.ts'
import { isArrow, linked, neighbour } from './walk.ts'
import { WayLayer } from './WayLayer.tsx'

interface WorkflowGraphProps {
  readonly label: string
  readonly graph: StaticGraph
  /** By task; what is missing is drawn without a state. */
  readonly looks: ReadonlyMap<string, NodeLook>
  /** By edge. */
  readonly states: ReadonlyMap<string, EdgeState>
  readonly chosen: string | null
  readonly onChoose: (task: string | null) => void
}

const NODE_TYPES = { task: TaskNode, command: CommandNode }
/** Smaller is not readable: a larger picture is shown in part. */
const READABLE_ZOOM = 0.5
const MIN_ZOOM = 0.05
const MAX_ZOOM = 1.6
/** px; a narrower picture would be covered by its map. */
const MAP_ROOM = 560
const MAP_SIZE = { width: 150, height: 110 } as const
/** Boxes from which only those in sight exist. */
const MANY = 120
/** Frames in which a box that was out of sight comes to be. */
const PATIENCE_FRAMES = 20

/**
 * A workflow as a picture to read: zoom, pan, and a map of it. Arrow keys walk from task to task, Home and End to the first
 * and the last, 0 shows everything, + and - zoom, Escape chooses none.
 */
export function WorkflowGraph(props: WorkflowGraphProps) {
  const frame = useRef<HTMLDivElement>(null)
  const room = useRoom(frame)
  return (
    <div className="workflow-graph" ref={frame}>
      {room !== null && (
        <ReactFlowProvider>
          <Picture {...props} frame={frame} room={room} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

interface PictureProps extends WorkflowGraphProps {
  readonly frame: React.RefObject<HTMLDivElement | null>
  readonly room: { readonly width: number; readonly height: number }
}

function Picture({ label, graph, looks, states, chosen, onChoose, frame, room }: PictureProps) {
  const [flow, setFlow] = useState<ReactFlowInstance | null>(null)
  const isMoved = useRef(false)
  // Another size of the room is answered by the zoom; turning the picture round would lose who reads it.
  const layout = useMemo(() => layOutGraph(graph, room), [graph])
  const tasks = useMemo(() => tasksOf(graph, layout), [graph, layout])
  const nodes = useMemo(() => nodesOf(graph, layout, { looks, states, chosen }), [graph, layout, looks, states, chosen])

  useEffect(() => {
    if (flow === null) return
    if (!isMoved.current) show(flow, layout, room, chosen ?? worthSeeing(graph, looks))
    // What is told of a task takes room: the task itself stays in sight.
    if (chosen !== null) bringIntoView(flow, layout, room, chosen)
    // What happens later does not move the picture.
  }, [flow, layout, room.width, room.height, chosen])

  const choose = (task: string) => {
    onChoose(task)
    if (flow !== null) bringIntoView(flow, layout, room, task)
    focusTask(frame.current, task, PATIENCE_FRAMES)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || flow === null) return
    const ids = [...tasks.keys()]
    const from = focusedTask(event) ?? chosen
    const next = isArrow(event.key)
      ? (linked(tasks, graph.edges, from ?? '', event.key, layout.direction) ?? neighbour(tasks, from ?? '', event.key))
      : event.key === 'Home'
        ? ids[0]
        : event.key === 'End'
          ? ids.at(-1)
          : undefined
    if (next != null) choose(next)
    else if (event.key === 'Escape' && chosen !== null) onChoose(null)
    else if (event.key in ZOOMS) ZOOMS[event.key]?.(flow)
    else if (!isArrow(event.key)) return
    event.preventDefault()
  }

  return (
    <>
      <ReactFlow
        aria-label={label}
        colorMode="light"
        disableKeyboardA11y
        elementsSelectable={false}
        maxZoom={MAX_ZOOM}
        minZoom={MIN_ZOOM}
        nodeTypes={NODE_TYPES}
        nodes={nodes}
        nodesConnectable={false}
        nodesDraggable={false}
        nodesFocusable={false}
        onInit={setFlow}
        onKeyDown={pressed}
        onMoveStart={(event) => {
          if (event !== null) isMoved.current = true
        }}
        onNodeClick={(_event, { id }) => tasks.has(id) && onChoose(id)}
        onPaneClick={() => onChoose(null)}
        onlyRenderVisibleElements={nodes.length > MANY}
        // The page itself scrolls by the wheel; the picture by dragging, and by the wheel with Ctrl.
        panOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
        zoomActivationKeyCode={['Control', 'Meta']}
        zoomOnDoubleClick={false}
        zoomOnScroll={false}
      >
        <WayLayer graph={graph} layout={layout} states={states} />
        {isLarge(layout, room) && room.width > MAP_ROOM && (
          <MiniMap ariaLabel="Map of the workflow" style={MAP_SIZE} nodeColor={mapColour} pannable zoomable={false} />
        )}
      </ReactFlow>
      <div className="graph-tools">
        <Button aria-label="Zoom in" icon="plus" onClick={() => void flow?.zoomIn()} size="s" />
        <Button aria-label="Zoom out" icon="dash" onClick={() => void flow?.zoomOut()} size="s" />
        <Button
          aria-label="Show all of it"
          icon="fit"
          onClick={() => {
            isMoved.current = false
            void flow?.fitView(FIT)
          }}
          size="s"
        />
      </div>
    </>
  )
}

const FIT = { maxZoom: 1, padding: 0.04 } as const

const ZOOMS: Readonly<Record<string, (flow: ReactFlowInstance) => void>> = {
  '+': (flow) => void flow.zoomIn(),
  '=': (flow) => void flow.zoomIn(),
  '-': (flow) => void flow.zoomOut(),
  '0': (flow) => void flow.fitView(FIT),
}

function nodesOf(
  graph: StaticGraph,
  layout: Layout,
  { looks, states, chosen }: Pick<WorkflowGraphProps, 'looks' | 'states' | 'chosen'>,
): Node[] {
  const stop =
    chosen !== null && layout.nodes.has(chosen) ? chosen : graph.nodes.find(({ kind }) => kind === 'task')?.id
  const taken = new Set(graph.edges.filter(({ id }) => states.get(id) === 'taken').map(({ target }) => target))
  return graph.nodes.flatMap((node): Node[] => {
    const place = layout.nodes.get(node.id)
    if (place === undefined) return []
    const { x, y, width, height } = place
    const data =
      node.kind === 'task'
        ? { task: node, look: looks.get(node.id), isChosen: node.id === chosen, isStop: node.id === stop }
        : { command: node.command, isTaken: taken.has(node.id) }
    return [
      {
        id: node.id,
        type: node.kind,
        position: { x, y },
        width,
        height,
        measured: { width, height },
        data,
      },
    ]
  })
}

/** Where the tasks are: what can be chosen and walked to. */
function tasksOf(graph: StaticGraph, layout: Layout): Layout['nodes'] {
  const ids = new Set(graph.nodes.flatMap(({ id, kind }) => (kind === 'task' ? [id] : [])))
  return new Map([...layout.nodes].filter(([id]) => ids.has(id)))
}

function isLarge(layout: Layout, room: PictureProps['room']): boolean {
  return fitZoom(layout, room) < READABLE_ZOOM
}

/** What a person comes to see: what failed, else what goes on, else the beginning. */
function worthSeeing(graph: StaticGraph, looks: WorkflowGraphProps['looks']): string | null {
  const named = (tone: NodeLook['tone']) => [...looks].find(([, look]) => look.tone === tone)?.[0]
  return named('bad') ?? named('run') ?? graph.nodes[0]?.id ?? null
}

/** All of it where that can be read, else what matters. */
function show(flow: ReactFlowInstance, layout: Layout, room: PictureProps['room'], focus: string | null): void {
  if (!isLarge(layout, room) || focus === null) return fit(flow, layout, room)
  centre(flow, layout, room, focus, 0.8)
}

/** Not by the picture's own measure of its room, which it takes a moment later. */
function fit(flow: ReactFlowInstance, layout: Layout, room: PictureProps['room']): void {
  const zoom = Math.max(MIN_ZOOM, fitZoom(layout, room) * (1 - FIT.padding))
  void flow.setViewport({
    x: (room.width - layout.width * zoom) / 2,
    y: (room.height - layout.height * zoom) / 2,
    zoom,
  })
}

/** The task in the middle, as far as nothing but emptiness would be shown beside the picture. */
function centre(flow: ReactFlowInstance, layout: Layout, room: PictureProps['room'], task: string, zoom: number): void {
  const place = layout.nodes.get(task)
  if (place === undefined) return
  const x = offset(place.x + place.width / 2, layout.width, room.width, zoom)
  const y = offset(place.y + place.height / 2, layout.height, room.height, zoom)
  void flow.setViewport({ x, y, zoom })
}

function offset(middle: number, length: number, room: number, zoom: number): number {
  const spare = room - length * zoom
  return spare >= 0 ? spare / 2 : Math.min(0, Math.max(spare, room / 2 - middle * zoom))
}

function bringIntoView(flow: ReactFlowInstance, layout: Layout, room: PictureProps['room'], task: string): void {
  const place = layout.nodes.get(task)
  if (place === undefined) return
  const { x, y, zoom } = flow.getViewport()
  const left = place.x * zoom + x
  const top = place.y * zoom + y
  const isSeen =
    left >= 0 && top >= 0 && left + place.width * zoom <= room.width && top + place.height * zoom <= room.height
  if (!isSeen) centre(flow, layout, room, task, Math.max(zoom, READABLE_ZOOM))
}

function focusedTask({ target }: KeyboardEvent): string | undefined {
  return target instanceof HTMLElement ? target.closest<HTMLElement>('[data-task]')?.dataset['task'] : undefined
}

/** Boxes out of sight may not exist yet. */
function focusTask(frame: HTMLElement | null, task: string, frames: number): void {
  const button = frame?.querySelector<HTMLElement>(`[data-task="${CSS.escape(task)}"]`)
  if (button != null) button.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusTask(frame, task, frames - 1))
}

function mapColour({ data }: Node): string {
  const look = 'look' in data ? (data['look'] as NodeLook | undefined) : undefined
  return look === undefined || look.isFaint ? 'var(--border-strong)' : `var(--${look.tone})`
}

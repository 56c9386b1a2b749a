import type { TaskModel } from '@st2/designer'
import { type Node, Position } from '@xyflow/react'
import type { Point } from '../../../widgets/workflow-graph/layout-shape.ts'
import type { NodeLook } from '../../../widgets/workflow-graph/node-look.ts'
import type { CommandNodeData } from '../../../widgets/workflow-graph/TaskNode.tsx'
import type { StaticTask } from '../../../widgets/workflow-graph/static-graph.ts'
import type { DraftGraph } from './draft-graph.ts'
import type { DrawnBefore } from './drawn-before.ts'
import type { Places } from './places.ts'
import { sizeOf } from './walk-graph.ts'

/** What is wrong with a task, for its mark. */
export interface Trouble {
  readonly severity: 'error' | 'warning'
  readonly words: string
}

export type DesignTaskData = {
  readonly task: StaticTask
  readonly look: NodeLook | undefined
  readonly trouble: Trouble | undefined
  /** This server knows no such action. */
  readonly isUnknown: boolean
  /** Where Tab arrives. */
  readonly isStop: boolean
  readonly isChosen: boolean
}

export type MissingNodeData = { readonly name: string }

export interface NodeFacts {
  readonly graph: DraftGraph
  readonly tasks: ReadonlyMap<string, TaskModel>
  readonly places: Places
  readonly chosen: ReadonlySet<string>
  readonly stop: string | null
  readonly looks: ReadonlyMap<string, NodeLook>
  readonly troubles: ReadonlyMap<string, Trouble>
  readonly knownActions: ReadonlySet<string> | null
  /** Commands that a run came to. */
  readonly taken: ReadonlySet<string>
}

export function flowNodes(facts: NodeFacts, cache: DrawnBefore<Node>): Node[] {
  return cache.list(
    facts.graph.nodes.flatMap((box) => {
      const place = facts.places.get(box.id)
      if (place === undefined) return []
      return [{ id: box.id, parts: partsOf(box, place, facts), make: () => nodeOf(box, place, facts) }]
    }),
  )
}

type Box = DraftGraph['nodes'][number]

/** All that a node is drawn from. */
function partsOf(box: Box, { x, y }: Point, facts: NodeFacts): unknown[] {
  const { tasks, chosen, stop, looks, troubles, knownActions, taken } = facts
  const { id, kind } = box
  if (kind !== 'task') return [kind, x, y, taken.has(id)]
  const trouble = troubles.get(id)
  const isUnknown = isUnknownAction(box.action, knownActions)
  return [tasks.get(id), x, y, chosen.has(id), stop === id, looks.get(id), trouble?.severity, trouble?.words, isUnknown]
}

function nodeOf(box: Box, { x, y }: Point, facts: NodeFacts): Node {
  const { width, height } = sizeOf(box.kind)
  const isTask = box.kind === 'task'
  return {
    id: box.id,
    type: box.kind,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    // Lines end in the middles; told beforehand, nothing has to be measured.
    handles: [
      { type: 'source', position: Position.Bottom, x: width / 2 - 1, y: height, width: 2, height: 0 },
      { type: 'target', position: Position.Top, x: width / 2 - 1, y: 0, width: 2, height: 0 },
    ],
    draggable: isTask,
    selectable: isTask,
    connectable: isTask,
    selected: facts.chosen.has(box.id),
    data: dataOf(box, facts),
  }
}

function dataOf(box: Box, facts: NodeFacts): DesignTaskData | CommandNodeData | MissingNodeData {
  if (box.kind === 'missing') return { name: box.name }
  if (box.kind === 'command') return { command: box.command, isTaken: facts.taken.has(box.id) }
  return {
    task: box,
    look: facts.looks.get(box.id),
    trouble: facts.troubles.get(box.id),
    isUnknown: isUnknownAction(box.action, facts.knownActions),
    isStop: facts.stop === box.id,
    isChosen: facts.chosen.has(box.id),
  }
}

/** An expression is known only when it runs. */
export function isUnknownAction(action: string | null, known: ReadonlySet<string> | null): boolean {
  return known !== null && action !== null && action !== '' && !/<%|\{\{/.test(action) && !known.has(action)
}

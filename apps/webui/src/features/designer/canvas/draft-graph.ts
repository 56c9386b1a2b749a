import type { TaskModel, TransitionModel, WorkflowModel } from '@st2/designer'
import { isEngineCommand } from '@st2/orquesta'
import { conditionOf } from '../../../widgets/workflow-graph/orquesta-graph.ts'
import type { StaticCommand, StaticEdge, StaticTask } from '../../../widgets/workflow-graph/static-graph.ts'

/** A task that something leads to and that is not there. */
export interface MissingTask {
  readonly kind: 'missing'
  readonly id: string
  readonly name: string
}

export interface DraftEdge extends StaticEdge {
  /** Which transition of the source it belongs to. */
  readonly index: number
  readonly color: string | null
  /** Names of the variables that are set on the way. */
  readonly publish: readonly string[]
  /** How many lines lead the same way before it. */
  readonly lane: number
}

/** The workflow as it is written: every task, every transition. */
export interface DraftGraph {
  readonly nodes: readonly (StaticTask | StaticCommand | MissingTask)[]
  readonly edges: readonly DraftEdge[]
}

/** Unlike the graph of a run it holds what nothing leads to, and what leads nowhere. Pure. */
export function draftGraph({ tasks, taskNames }: Pick<WorkflowModel, 'tasks' | 'taskNames'>): DraftGraph {
  const nodes = new Map<string, DraftGraph['nodes'][number]>()
  const edges: DraftEdge[] = []
  for (const task of tasks) nodes.set(task.name, staticTask(task))
  for (const { name, next } of tasks) {
    const keys = new Map<string, number>()
    for (const transition of next) {
      for (const target of new Set(targetsOf(transition))) {
        const key = keys.get(target) ?? 0
        keys.set(target, key + 1)
        const box = boxOf(target, name, transition.index, taskNames)
        if (box.kind !== 'task') nodes.set(box.id, box)
        edges.push(edgeTo(box.id, { source: name, transition, target, key }))
      }
    }
  }
  return { nodes: [...nodes.values()], edges }
}

function targetsOf(transition: TransitionModel): readonly string[] {
  return transition.do.length === 0 ? ['continue'] : transition.do
}

function staticTask({ name, action, join, with: items, retry, delay }: TaskModel): StaticTask {
  return {
    kind: 'task',
    id: name,
    action,
    join: written(join),
    items: items === null ? null : (items.items ?? ''),
    retries: retry === null ? null : (written(retry.count) ?? ''),
    delay: written(delay),
    isSplit: false,
  }
}

function boxOf(
  target: string,
  source: string,
  index: number,
  taskNames: ReadonlyMap<string, unknown>,
): StaticCommand | MissingTask | { readonly kind: 'task'; readonly id: string } {
  if (isEngineCommand(target)) return { kind: 'command', id: `${target}@${source}.${index}`, command: target }
  if (taskNames.has(target)) return { kind: 'task', id: target }
  return { kind: 'missing', id: `?${target}`, name: target }
}

interface Way {
  readonly source: string
  readonly transition: TransitionModel
  readonly target: string
  readonly key: number
}

function edgeTo(id: string, { source, transition, target, key }: Way): DraftEdge {
  return {
    id: `${source}>${transition.index}>${id}`,
    source,
    target: id,
    // What a run calls it; of the command retry it does not tell.
    transition: target === 'retry' ? null : `${target}__t${key}`,
    condition: conditionOf(transition.when),
    index: transition.index,
    color: transition.color,
    publish: transition.publish.map(({ name }) => name),
    lane: key,
  }
}

function written(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

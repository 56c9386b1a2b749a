import {
  composeGraph,
  type GraphEdge,
  isEngineCommand,
  loadWorkflow,
  type TaskSpec,
  type WorkflowGraph,
} from '@st2/orquesta'
import type { Condition, StaticEdge, StaticGraph, StaticNode } from './static-graph.ts'

/**
 * The graph of a workflow as its definition says. Tasks that nothing leads to from the start are not part of it.
 *
 * @throws WorkflowLoadError, PythonError for a text that no workflow can be made of
 */
export function orquestaGraph(definition: string): StaticGraph {
  const spec = loadWorkflow(definition)
  const graph = composeGraph(spec)
  const nodes: StaticNode[] = []
  const edges: StaticEdge[] = []
  for (const [id, task] of spec.tasks) {
    if (!graph.has(id)) continue
    nodes.push(taskNode(id, task, graph))
    for (const edge of asWritten(graph.next(id), task)) follow(edge, nodes, edges)
    for (const { index, when } of retryTransitions(task)) {
      const command = `retry@${id}.${index}`
      nodes.push({ kind: 'command', id: command, command: 'retry' })
      edges.push({
        id: `${id}>${command}`,
        source: id,
        target: command,
        transition: null,
        condition: conditionOf(when),
      })
    }
  }
  return { nodes, edges }
}

/** The engine has them by destination. */
function asWritten(edges: readonly GraphEdge[], task: TaskSpec): GraphEdge[] {
  const place = ({ ref, destination }: GraphEdge) => task.next[ref]?.do.indexOf(destination) ?? 0
  return edges.toSorted((one, other) => one.ref - other.ref || place(one) - place(other))
}

function follow(edge: GraphEdge, nodes: StaticNode[], edges: StaticEdge[]): void {
  const { source, destination, key, id: transition, when } = edge
  let target = destination
  if (isEngineCommand(destination)) {
    target = `${destination}@${source}.${key}`
    nodes.push({ kind: 'command', id: target, command: destination })
  }
  edges.push({ id: `${source}>${transition}`, source, target, transition, condition: conditionOf(when) })
}

function taskNode(id: string, task: TaskSpec | undefined, graph: WorkflowGraph): StaticNode {
  const barrier = graph.node(id)?.barrier
  return {
    kind: 'task',
    id,
    action: written(task?.action),
    join: graph.isJoin(id) ? (barrier === '*' ? 'all' : String(barrier)) : null,
    items: task?.with?.items ?? null,
    retries: written(graph.node(id)?.retry?.count),
    delay: written(task?.delay),
    isSplit: graph.node(id)?.splits?.includes(id) === true,
  }
}

function retryTransitions(task: TaskSpec | undefined): { readonly index: number; readonly when: unknown }[] {
  return (task?.next ?? []).filter((transition) => transition.do.includes('retry'))
}

const WORDS = ['succeeded', 'failed', 'completed'] as const

/** The usual conditions by their name, whichever language they are written in. */
export function conditionOf(when: unknown): Condition {
  if (when === null || when === undefined) return { kind: 'always' }
  const text = String(when).trim()
  const inner = /^(?:<%|\{\{)\s*(\w+)\(\)\s*(?:%>|\}\})$/.exec(text)?.[1]
  const kind = WORDS.find((word) => word === inner)
  return kind === undefined ? { kind: 'expression', text } : { kind }
}

function written(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

import { COMMAND, TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import type { Point } from '../../../widgets/workflow-graph/layout-shape.ts'
import { type Arrow, neighbour } from '../../../widgets/workflow-graph/walk.ts'
import type { DraftGraph } from './draft-graph.ts'
import type { Places } from './places.ts'

/**
 * The task that an arrow leads to: down along a transition, up to what leads here, sideways to what follows the same task.
 * Where there is none, the nearest task in that direction. Pure.
 */
export function walkGraph(graph: DraftGraph, places: Places, from: string, arrow: Arrow): string | null {
  const start = places.get(from)
  const related = start === undefined ? [] : relatives(graph, from, arrow).filter((id) => id !== from)
  const ahead = related.filter((id) => isAhead(start, places.get(id), arrow))
  return nearest(places, start, ahead) ?? neighbour(boxesOf(graph, places), from, arrow)
}

function relatives({ nodes, edges }: DraftGraph, from: string, arrow: Arrow): string[] {
  const isTask = new Set(nodes.filter(({ kind }) => kind === 'task').map(({ id }) => id))
  const after = (task: string) => edges.filter(({ source }) => source === task).map(({ target }) => target)
  const before = edges.filter(({ target }) => target === from).map(({ source }) => source)
  const found = arrow === 'ArrowDown' ? after(from) : arrow === 'ArrowUp' ? before : before.flatMap(after)
  return [...new Set(found)].filter((id) => isTask.has(id))
}

function isAhead(start: Point | undefined, other: Point | undefined, arrow: Arrow): boolean {
  if (start === undefined || other === undefined) return false
  if (arrow === 'ArrowLeft') return other.x < start.x
  if (arrow === 'ArrowRight') return other.x > start.x
  // A transition that leads back up is one to follow down as well.
  return true
}

function nearest(places: Places, start: Point | undefined, ids: readonly string[]): string | null {
  let best: string | null = null
  let bestDistance = Number.POSITIVE_INFINITY
  for (const id of ids) {
    const place = places.get(id)
    if (place === undefined || start === undefined) continue
    const distance = Math.hypot(place.x - start.x, place.y - start.y)
    if (distance >= bestDistance) continue
    best = id
    bestDistance = distance
  }
  return best
}

export function boxesOf({ nodes }: DraftGraph, places: Places): Map<string, Point & { width: number; height: number }> {
  return new Map(
    nodes.flatMap(({ id, kind }) => {
      const place = places.get(id)
      return kind !== 'task' || place === undefined ? [] : [[id, { ...place, ...sizeOf(kind) }] as const]
    }),
  )
}

export function sizeOf(kind: DraftGraph['nodes'][number]['kind']): { readonly width: number; readonly height: number } {
  return kind === 'task' ? TASK : COMMAND
}

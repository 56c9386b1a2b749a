import type { WorkflowModel } from '@st2/designer'
import { useMemo, useRef } from 'react'
import { type DraftGraph, draftGraph } from './draft-graph.ts'
import { type Picture, type Places, placeTasks } from './places.ts'

/** The graph of the workflow and where it is drawn. What has no position stays where it was seen. */
export function usePicture(workflow: WorkflowModel): { readonly graph: DraftGraph; readonly picture: Picture } {
  const seen = useRef<Places>(new Map())
  const laid = useRef<{ readonly key: string; readonly picture: Picture } | null>(null)
  return useMemo(() => {
    const graph = draftGraph(workflow)
    const key = layoutKey(graph, workflow)
    // Most changes move nothing: the layout is the costly part.
    if (laid.current?.key !== key)
      laid.current = { key, picture: placeTasks(graph, workflow.tasks, renamed(seen.current, workflow)) }
    seen.current = laid.current.picture.places
    return { graph, picture: laid.current.picture }
  }, [workflow])
}

/** All that the layout depends on. */
function layoutKey({ nodes, edges }: DraftGraph, { tasks }: WorkflowModel): string {
  return JSON.stringify([
    nodes.map(({ id }) => id),
    edges.map(({ id, condition, publish }) => [
      id,
      condition.kind === 'expression' ? condition.text : condition.kind,
      publish,
    ]),
    tasks.map(({ position }) => (position === null ? 0 : [position.x, position.y])),
  ])
}

/** A task that takes the place of another in the file, and is the only new one, was renamed: it stays where it was. */
function renamed(seen: Places, { tasks }: WorkflowModel): Places {
  const names = new Set(tasks.map(({ name }) => name))
  const fresh = tasks.filter(({ name }) => !seen.has(name))
  const gone = [...seen.keys()].filter((name) => /^\w+$/.test(name) && !names.has(name))
  const [first, second] = [gone[0], fresh[0]?.name]
  const place = first === undefined ? undefined : seen.get(first)
  if (gone.length !== 1 || fresh.length !== 1 || place === undefined || second === undefined) return seen
  return new Map([...seen, [second, place]])
}

import { parseYaml } from '@st2/yaml'
import { isRecord } from '../json-record.ts'
import type { StaticEdge, StaticGraph, StaticTask } from './static-graph.ts'

/**
 * The graph of an action chain: each task leads to one on success and to one on failure. Targets that are templates are
 * known only when it runs.
 *
 * @throws YamlError, TypeError for a text that is no chain
 */
export function chainGraph(definition: string): StaticGraph {
  const content: unknown = parseYaml(definition)
  if (!isRecord(content) || !Array.isArray(content['chain']))
    throw new TypeError('The file has no list of tasks, “chain”.')
  const written = content['chain'].filter(isRecord)
  const nodes = new Map<string, StaticTask>()
  const edges: StaticEdge[] = []
  // Of several tasks with one name the first is meant.
  for (const task of written) {
    const id = String(task['name'] ?? '')
    if (nodes.has(id)) continue
    nodes.set(id, { kind: 'task', id, action: String(task['ref'] ?? ''), ...PLAIN })
    for (const [link, kind] of LINKS) {
      const target = task[link]
      if (typeof target === 'string' && target !== '')
        edges.push({ id: `${id}>${kind}`, source: id, target, transition: kind, condition: { kind } })
    }
  }
  return { nodes: [...nodes.values()], edges: edges.filter(({ target }) => nodes.has(target)) }
}

const PLAIN = { join: null, items: null, retries: null, delay: null, isSplit: false } as const
const LINKS = [
  ['on-success', 'succeeded'],
  ['on-failure', 'failed'],
] as const

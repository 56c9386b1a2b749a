import type { YamlNode, YamlScalar } from '@st2/yaml'
import { fieldOf, resolved } from '../model/node-values.ts'

/** Texts of a node and of everything in it, keys included; what aliases stand for is in it as well, once. */
export class ScalarCollector {
  readonly scalars: YamlScalar[] = []
  readonly #seen = new Set<YamlNode>()

  add(node: YamlNode | null): void {
    if (node === null || this.#seen.has(node)) return
    this.#seen.add(node)
    switch (node.kind) {
      case 'alias':
        return this.add(node.target)
      case 'seq':
        for (const { value } of node.items) this.add(value)
        return
      case 'map':
        for (const { key, value } of node.pairs) {
          this.add(key)
          this.add(value)
        }
        return
      case 'scalar':
        if (typeof node.value === 'string') this.scalars.push(node)
    }
  }

  /** Whether a text was collected already. */
  has(node: YamlNode): boolean {
    return this.#seen.has(node)
  }
}

/** Fields of a task that are evaluated as a whole. */
const EVALUATED = ['action', 'input', 'delay', 'with', 'retry'] as const

/** The texts of a task that are evaluated, transitions included; names of tasks and variables are not among them. */
export function collectTask(collector: ScalarCollector, task: YamlNode): void {
  const node = resolved(task)
  if (node?.kind !== 'map') return
  for (const field of EVALUATED) collector.add(fieldOf(node, field))
  for (const transition of transitionsOf(node)) {
    const mapping = resolved(transition)
    if (mapping?.kind !== 'map') continue
    collector.add(fieldOf(mapping, 'when'))
    collectAssigned(collector, fieldOf(mapping, 'publish'))
  }
}

/** The values of a list of one-key mappings; or a text of parameters, as a whole. */
export function collectAssigned(collector: ScalarCollector, field: YamlNode | null): void {
  const node = resolved(field)
  if (node?.kind === 'scalar') return collector.add(node)
  if (node?.kind !== 'seq') return
  for (const item of node.items) {
    const mapping = resolved(item.value)
    if (mapping?.kind === 'map') for (const { value } of mapping.pairs) collector.add(value)
  }
}

export function transitionsOf(task: YamlNode | null): YamlNode[] {
  const node = resolved(task)
  const next = node?.kind === 'map' ? resolved(fieldOf(node, 'next')) : null
  return next?.kind === 'seq' ? next.items.map(({ value }) => value) : []
}

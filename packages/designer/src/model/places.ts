import type { YamlNode } from '@st2/yaml'
import { firstLine, isFirstOnLine } from '../yaml-edits/block-lines.ts'
import { nodeAt, pairOf, type YamlPath } from '../yaml-edits/edit-path.ts'
import { resolved } from './node-values.ts'
import type { SourceText } from './source-text.ts'

/** Offsets in the text that the model was read from. */
export interface Span {
  from: number
  to: number
}

/** What a model was read from. */
interface Sourced {
  source: SourceText
}

/** A task with the comments above it; null for one that is merged from elsewhere. */
export function spanOfTask({ source }: Sourced, name: string): Span | null {
  const { lines, root } = source
  const tasks = resolved(nodeAt(root, ['tasks']))
  const pair = tasks?.kind === 'map' ? pairOf(tasks, name) : null
  if (tasks?.kind !== 'map' || pair === null) return null
  const previous = tasks.pairs[tasks.pairs.indexOf(pair) - 1]
  if (!isFirstOnLine(lines, pair.start)) return { from: pair.start, to: pair.end }
  const first = firstLine(lines, pair, previous?.end ?? null)
  const isOwn = first < lines.lineAt(pair.start)
  return { from: isOwn ? lines.start(first) : pair.start, to: pair.end }
}

export function spanOfTransition(model: Sourced, task: string, index: number): Span | null {
  const list = resolved(nodeAt(model.source.root, ['tasks', task, 'next']))
  const item = list?.kind === 'seq' ? list.items[index] : undefined
  return item === undefined ? null : { from: item.start, to: item.end }
}

/** The key and the value of a path, or an entry of a list; through aliases what they stand for. */
export function spanOfPath({ source }: Sourced, path: YamlPath): Span | null {
  const [step, parentPath] = [path.at(-1), path.slice(0, -1)]
  if (step === undefined) return source.root === null ? null : spanOf(source.root)
  const parent = resolved(nodeAt(source.root, parentPath))
  if (parent?.kind === 'map') {
    const pair = pairOf(parent, String(step))
    return pair === null ? null : { from: pair.start, to: pair.end }
  }
  const item = parent?.kind === 'seq' && typeof step === 'number' ? parent.items[step] : undefined
  return item === undefined ? null : { from: item.start, to: item.end }
}

export interface TextPlace {
  path: (string | number)[]
  /** The task that the place is in, and its transition. */
  task: string | null
  transition: number | null
}

/** What stands at an offset. The comments above a task are part of it. */
export function placeAt({ source }: Sourced, offset: number): TextPlace {
  const path: (string | number)[] = []
  let node: YamlNode | null = source.root
  while (node !== null) {
    const step = stepInto(source, node, offset, path.length === 1 && path[0] === 'tasks')
    if (step === null) break
    path.push(step.name)
    node = step.node
  }
  const [top, task, next, index] = path
  const isTask = top === 'tasks' && typeof task === 'string'
  return {
    path,
    task: isTask ? task : null,
    transition: isTask && next === 'next' && typeof index === 'number' ? index : null,
  }
}

function stepInto({ lines }: SourceText, node: YamlNode, offset: number, hasComments: boolean) {
  if (node.kind === 'seq') {
    const index = node.items.findIndex(({ start, end }) => offset >= start && offset <= end)
    const item = node.items[index]
    return item === undefined ? null : { name: index, node: item.value }
  }
  if (node.kind !== 'map') return null
  for (const [index, pair] of node.pairs.entries()) {
    const before = node.pairs[index - 1]?.end ?? null
    const isBlock = hasComments && !node.isFlow && isFirstOnLine(lines, pair.start)
    const start = isBlock ? lines.start(firstLine(lines, pair, before)) : pair.start
    if (offset >= start && offset <= pair.end && pair.name !== null) return { name: pair.name, node: pair.value }
  }
  return null
}

function spanOf({ start, end }: YamlNode): Span {
  return { from: start, to: end }
}

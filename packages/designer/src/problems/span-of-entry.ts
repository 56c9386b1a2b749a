import { scalarOffsets, type YamlNode, type YamlScalar } from '@st2/yaml'
import { resolved } from '../model/node-values.ts'
import { type Span, spanOfPath } from '../model/places.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { ScalarCollector } from '../references/evaluated-scalars.ts'
import { nodeAt, pairOf, type YamlPath } from '../yaml-edits/edit-path.ts'

/** Where a problem stands: its expression, the key or the name that its message quotes, or else what its path leads to. */
export function spanOfEntry(
  model: WorkflowModel,
  path: YamlPath,
  { message, expression }: { message: string; expression: string | null },
): Span {
  const nearest = existingPart(model, path)
  const node = nearest.length === 0 ? model.source.root : nodeAt(model.source.root, nearest)
  if (expression !== null && node !== null) {
    const found = spanOfText(model, node, expression)
    if (found !== null) return narrowed(model, found, message)
  }
  return quotedName(model, node, message) ?? keySpan(model, nearest)
}

/** As much of a path as there is in the text. */
function existingPart(model: WorkflowModel, path: YamlPath): YamlPath {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length)
    if (spanOfPath(model, part) !== null) return part
  }
  return []
}

function spanOfText({ source }: WorkflowModel, node: YamlNode, text: string): Span | null {
  const collector = new ScalarCollector()
  collector.add(node)
  for (const scalar of collector.scalars) {
    const start = scalar.text.indexOf(text)
    if (start !== -1 && text !== '') return spanInScalar(source.text, scalar, start, start + text.length)
  }
  return null
}

function spanInScalar(text: string, scalar: YamlScalar, start: number, end: number): Span {
  const offsets = scalarOffsets(text, scalar)
  if (offsets === null) return { from: scalar.start, to: scalar.end }
  return { from: offsets[start] ?? scalar.start, to: (offsets[end - 1] ?? scalar.end) + 1 }
}

/** The variable that a message quotes, where the expression has it. */
function narrowed({ source }: WorkflowModel, span: Span, message: string): Span {
  const name = /^Variable "([^"]+)"/.exec(message)?.[1]
  if (name === undefined) return span
  const escaped = name.replace(/[^\w]/g, '\\$&')
  const match = new RegExp(`\\bctx\\((?:\\)\\.|\\s*['"]*)(${escaped})\\b`).exec(source.text.slice(span.from, span.to))
  if (match === null) return span
  const from = span.from + match.index + match[0].length - name.length
  return { from, to: from + name.length }
}

/** A key or a target that a message names: `('foo' was unexpected)`, `The task "x" is not defined.` */
function quotedName(model: WorkflowModel, given: YamlNode | null, message: string): Span | null {
  const node = resolved(given)
  const key = /\('([^']+)' was unexpected\)/.exec(message)?.[1]
  if (key !== undefined && node?.kind === 'map') {
    const pair = pairOf(node, key)
    return pair === null ? null : { from: pair.key.start, to: pair.key.end }
  }
  const target = /^The task "([^"]+)" is not defined/.exec(message)?.[1]
  return target === undefined || node === null ? null : spanOfText(model, node, target)
}

/** Of a mapping only its key, so that the whole task is not marked. */
function keySpan(model: WorkflowModel, path: YamlPath): Span {
  const { source } = model
  const parent = resolved(nodeAt(source.root, path.slice(0, -1)))
  const name = path.at(-1)
  const pair = parent?.kind === 'map' && name !== undefined ? pairOf(parent, String(name)) : null
  const value = resolved(pair?.value)
  if (pair !== null && value?.kind !== 'scalar') return { from: pair.key.start, to: pair.key.end }
  const span = path.length === 0 ? null : spanOfPath(model, path)
  const from = span?.from ?? source.root?.start ?? 0
  return { from, to: Math.min(span?.to ?? from, source.lines.end(source.lines.lineAt(from))) }
}

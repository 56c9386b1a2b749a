import type { Comment as YamlComment } from '@st2/yaml'
import { COORDINATES } from '../yaml-edits/block-lines.ts'
import type { SourceText } from './source-text.ts'
import type { Position } from './workflow-model.ts'

export interface FoundComment<T> {
  value: T
  /** Of what says it, inside of the comment. */
  start: number
  end: number
}

/** `# [x, y]` above a task. The nearest one counts. */
export function positionIn(source: SourceText, from: number, to: number): FoundComment<Position> | null {
  return nearest(source, from, to, COORDINATES, ([, x, y]) => ({ x: Number(x), y: Number(y) }))
}

const COLOR = /(?<=^#\s*)#[0-9a-fA-F]{6}\b/

/** `# #rrggbb` above `do`. */
export function colorIn(source: SourceText, from: number, to: number): FoundComment<string> | null {
  return nearest(source, from, to, COLOR, ([color]) => (color ?? '').toLowerCase())
}

function nearest<T>(
  source: SourceText,
  from: number,
  to: number,
  pattern: RegExp,
  read: (match: RegExpExecArray) => T,
): FoundComment<T> | null {
  const { text, tree } = source
  const { comments } = tree
  for (let at = lastBefore(comments, to); at >= 0; at--) {
    const comment = comments[at]
    if (comment === undefined || comment.start < from) return null
    const match = pattern.exec(text.slice(comment.start, comment.end))
    if (match === null || isBehind(source, comment.start, from)) continue
    const start = comment.start + match.index
    return { value: read(match), start, end: start + match[0].length }
  }
  return null
}

/** A comment at the end of the line of what is before says something about that. */
function isBehind({ text, lines }: SourceText, start: number, from: number): boolean {
  const line = lines.lineAt(start)
  return line === lines.lineAt(from) && text.slice(lines.start(line), start).replace(/[-\s]/g, '') !== ''
}

function lastBefore(comments: readonly YamlComment[], offset: number): number {
  let [low, high] = [-1, comments.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((comments[middle]?.start ?? 0) < offset) low = middle
    else high = middle - 1
  }
  return low
}

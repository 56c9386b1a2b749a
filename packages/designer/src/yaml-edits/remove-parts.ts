import type { YamlNode, YamlSpan } from '@st2/yaml'
import { firstLine, isFirstOnLine, keepsEmptyLines, lastBlockScalar, lastLine } from './block-lines.ts'
import type { TreeDraft } from './tree-draft.ts'

/** A pair of a mapping or an entry of a list. */
export interface Part extends YamlSpan {
  value: YamlNode
}

/**
 * Takes parts out of a collection, of which at least one stays; comments directly above them go with them.
 *
 * @param isGone by index
 */
export function removeParts(
  draft: TreeDraft,
  { isFlow, parts }: { isFlow: boolean; parts: readonly Part[] },
  isGone: (index: number) => boolean,
): void {
  for (const run of runsOf(parts.length, isGone)) {
    if (isFlow) removeFromFlow(draft, parts, run)
    else if (run.first === 0 && !isFirstOnLine(draft.lines, parts[0]?.start ?? 0)) removeBehindDash(draft, parts, run)
    else removeLines(draft, parts, run)
  }
}

/** Neighbours that go together; `end` is behind the last one. */
interface Run {
  first: number
  end: number
}

function runsOf(length: number, isGone: (index: number) => boolean): Run[] {
  const runs: Run[] = []
  for (let index = 0; index < length; index++) {
    if (!isGone(index)) continue
    const last = runs.at(-1)
    if (last?.end === index) last.end++
    else runs.push({ first: index, end: index + 1 })
  }
  return runs
}

function removeFromFlow(draft: TreeDraft, parts: readonly Part[], { first, end }: Run): void {
  const next = parts[end]
  const before = parts[first - 1]
  const head = parts[first]
  const start = head === undefined ? 0 : startWithComments(draft, head, before ?? null)
  const last = parts[end - 1]?.end ?? start
  if (next === undefined) draft.remove(before?.end ?? start, last)
  else draft.remove(start, ownCommentBefore(draft, last, next.start) ?? next.start)
}

/** Where the comments directly above a part begin. */
function startWithComments({ lines }: TreeDraft, part: Part, before: Part | null): number {
  if (!isFirstOnLine(lines, part.start)) return part.start
  const line = firstLine(lines, part, before?.end ?? null)
  return line === lines.lineAt(part.start) ? part.start : lines.start(line) + lines.content(line).search(/\S/)
}

/** The end of the line above the comments that stand on lines of their own before a part. */
function ownCommentBefore({ tree, lines }: TreeDraft, from: number, to: number): number | null {
  const own = tree.comments.find(
    ({ start }) =>
      start >= from && start < to && lines.lineAt(start) > lines.lineAt(from) && isFirstOnLine(lines, start),
  )
  return own === undefined ? null : lines.end(lines.lineAt(own.start) - 1)
}

/** The first parts of a mapping that begins behind a dash: what stays moves up, unless comments stand above it. */
function removeBehindDash(draft: TreeDraft, parts: readonly Part[], { end }: Run): void {
  const { lines } = draft
  const [first, last, next] = [parts[0], parts[end - 1], parts[end]]
  if (first === undefined || last === undefined || next === undefined) return
  const stays = firstLine(lines, next, last.end)
  if (stays === lines.lineAt(next.start)) return draft.remove(first.start, next.start)
  const comment = lines.start(stays) + lines.content(stays).search(/\S/)
  draft.replace(first.start, comment, '')
}

function removeLines(draft: TreeDraft, parts: readonly Part[], { first, end }: Run): void {
  const { lines } = draft
  const [head, tail] = [parts[first], parts[end - 1]]
  if (head === undefined || tail === undefined) return
  const before = parts[first - 1] ?? null
  const next = parts[end] ?? null
  let from = firstLine(lines, head, before?.end ?? null)
  let to = lastLine(lines, tail, next?.start ?? null) + 1
  const isBelowEmpty = from > 0 && isEmpty(draft, from - 1) && from - 1 > lineOf(draft, before)
  const keeps = before !== null && keepsEmptyLines(draft.text, before.value)
  // of the empty lines above and below one group stays
  if (keeps || (isBelowEmpty && next !== null)) while (to < lines.count - 1 && isEmpty(draft, to)) to++
  else if (isBelowEmpty && to >= lastContentLine(draft))
    while (isEmpty(draft, from - 1) && from - 1 > lineOf(draft, before)) from--
  if (before === null) return draft.remove(lines.start(from), lines.start(to))
  // up to the line's end only: something may be put in there
  const lineEnd = lines.end(to - 1)
  const cutsShort = lineEnd === draft.text.length && lastBlockScalar(before.value) !== null
  draft.replace(lines.end(from - 1), lineEnd, cutsShort ? draft.layout.lineBreak : '')
}

function lineOf(draft: TreeDraft, part: Part | null): number {
  return part === null ? -1 : draft.lines.lineAt(part.end)
}

function isEmpty({ lines }: TreeDraft, line: number): boolean {
  return lines.content(line).trim() === ''
}

/** Behind it the text has nothing but empty lines. */
function lastContentLine(draft: TreeDraft): number {
  let line = draft.lines.count
  while (line > 0 && isEmpty(draft, line - 1)) line--
  return line
}

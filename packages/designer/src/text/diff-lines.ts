import { alignLists } from '../yaml-edits/align-lists.ts'

/** A line of what two texts have and have not in common. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added'
  text: string
  /** From 1; null in the text that does not have it. */
  oldLine: number | null
  newLine: number | null
}

/** Two texts line by line: what was removed stands before what was added in its place. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [oldLines, newLines] = [linesOf(before), linesOf(after)]
  const aligned = alignLists(oldLines, newLines, Object.is)
  const diff: DiffLine[] = []
  let oldAt = 0
  const removeUpTo = (end: number): void => {
    for (; oldAt < end; oldAt++)
      diff.push({ kind: 'removed', text: shown(oldLines[oldAt]), oldLine: oldAt + 1, newLine: null })
  }
  for (const [index, line] of newLines.entries()) {
    const old = aligned[index] ?? null
    const isSame = old !== null && oldLines[old] === line
    if (isSame) removeUpTo(old)
    else removeUpTo(endOfChanged(aligned, oldLines, newLines, index))
    if (isSame) oldAt = old + 1
    const kind = isSame ? 'same' : 'added'
    diff.push({ kind, text: shown(line), oldLine: isSame ? old + 1 : null, newLine: index + 1 })
  }
  removeUpTo(oldLines.length)
  return diff
}

/** The old line that is the next to stay. */
function endOfChanged(
  aligned: readonly (number | null)[],
  oldLines: readonly string[],
  newLines: readonly string[],
  from: number,
): number {
  for (let index = from; index < newLines.length; index++) {
    const old = aligned[index] ?? null
    if (old !== null && oldLines[old] === newLines[index]) return old
  }
  return oldLines.length
}

/** With their line ends, so that a changed line end is a changed line; an end without one is told from an end with one. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []
}

function shown(line: string | undefined): string {
  return (line ?? '').replace(/[\r\n]+$/, '')
}

import type { LogLine } from './log-buffer.ts'

/** Lines that are found at most; whoever looks for something that occurs more often narrows it. */
export const MAX_FOUND = 10_000

const ESC = '\u001b'
const COLOURS = new RegExp(`${ESC}\\[[0-9;]*m`, 'g')

/** Indexes of the lines that hold a text, upper or lower case, whatever its colours. Pure. */
export function findLines(lines: readonly LogLine[], query: string): readonly number[] {
  const wanted = query.toLowerCase()
  if (wanted === '') return []
  const found: number[] = []
  for (let index = 0; index < lines.length && found.length < MAX_FOUND; index++) {
    const text = lines[index]?.text ?? ''
    const plain = text.includes(ESC) ? text.replaceAll(COLOURS, '') : text
    if (plain.toLowerCase().includes(wanted)) found.push(index)
  }
  return found
}

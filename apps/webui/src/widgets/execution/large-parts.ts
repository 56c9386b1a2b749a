import { printsOutput } from './reporter.ts'

/** An entry at the top of a large result, as far as an outline tells. */
interface OutlinedEntry {
  readonly key: string | number
  readonly path: string
  readonly type: string
  /** Characters of a text. */
  readonly count: number | null
  readonly preview: string
}

export interface LargePart {
  readonly name: string
  readonly path: string
  readonly exitCode?: number
}

/** What is shown one by one of what a command or a script left, in this order. */
const PARTS: Readonly<Record<string, string>> = {
  error: 'Error',
  result: 'Result',
  stdout: 'Output',
  stderr: 'Error output',
  traceback: 'Traceback',
}

/** How a result is shown that stays on the server: as its runner's small results are, or as a whole. Pure. */
export function largeParts(runner: string, entries: readonly OutlinedEntry[]): readonly LargePart[] {
  const whole = [{ name: 'Result', path: '$' }]
  if (!printsOutput(runner)) return whole
  const code = entries.find(({ key }) => key === 'return_code' || key === 'exit_code')
  const parts = Object.entries(PARTS).flatMap(([key, name]) => {
    const entry = entries.find((one) => one.key === key)
    if (entry === undefined || isNothing(entry)) return []
    const hasCode = key === 'stdout' && code?.type === 'number'
    return [{ name, path: entry.path, ...(hasCode ? { exitCode: Number(code.preview) } : {}) }]
  })
  return parts.length === 0 ? whole : parts
}

/** The text `None` is what a Python action without a return value leaves. */
function isNothing({ type, count, preview }: OutlinedEntry): boolean {
  return type === 'null' || (type === 'string' && (count === 0 || preview === 'None'))
}

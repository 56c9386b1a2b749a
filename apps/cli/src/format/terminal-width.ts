import type { Io } from '../shell/io.ts'

const DEFAULT_COLUMNS = 150

/** COLUMNS first, then the terminal. */
export function tableColumns(io: Io): number {
  const set = io.env['COLUMNS']
  if (set !== undefined && /^\s*-?\d+\s*$/.test(set)) return Number(set)
  return io.terminalColumns ?? DEFAULT_COLUMNS
}

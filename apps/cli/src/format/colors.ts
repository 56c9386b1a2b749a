import type { Io } from '../shell/io.ts'

const TERMINALS = ['xterm', 'xterm-color', 'screen', 'vt100', 'vt100-color', 'xterm-256color']
const CODES = { red: 91, green: 92, yellow: 93, blue: 94, brown: 33 } as const
export type Color = keyof typeof CODES

const STATUS_COLORS: Readonly<Record<string, Color>> = {
  succeeded: 'green',
  delayed: 'blue',
  failed: 'red',
  timeout: 'brown',
}

export type Colorize = (text: string, color: Color) => string

/**
 * NOTE: the terminal's name alone decides, not whether there is one: escape codes end up in pipes, as scripts know it.
 * Any value of ST2_COLORIZE turns colours off, whatever it says.
 *
 * @source cli.md 4
 */
export function colorizer(io: Io): Colorize {
  const isOn = TERMINALS.includes((io.env['TERM'] ?? '').toLowerCase()) && (io.env['ST2_COLORIZE'] ?? '') === ''
  return isOn ? (text, color) => `\u001b[${CODES[color]}m${text}\u001b[0m` : (text) => text
}

/** A status, with or without `(3s elapsed)` behind it. */
export function colorStatus(text: string, colorize: Colorize): string {
  const [, status = text, elapsed] = /^(.*?)\s*(\(.*)$/s.exec(text) ?? []
  const colored = colorize(status, STATUS_COLORS[status] ?? 'yellow')
  return elapsed === undefined ? colored : `${colored} ${elapsed}`
}

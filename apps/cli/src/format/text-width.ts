/** Ranges of code points that take two cells on a terminal (East Asian Wide and Fullwidth, emoji). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
]

// oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
const ESCAPE_CODES = /\x1b\[[0-9;]*m/g
const NO_WIDTH = /^[\p{Mn}\p{Me}\u{200b}-\u{200f}]$/u
const ASCII = /^[ -~]*$/

/** Terminal cells of one line; colours take none. */
export function textWidth(line: string): number {
  if (ASCII.test(line)) return line.length
  let width = 0
  for (const char of line.replace(ESCAPE_CODES, '')) width += charWidth(char)
  return width
}

function charWidth(char: string): number {
  if (NO_WIDTH.test(char)) return 0
  const code = char.codePointAt(0) ?? 0
  return code >= 0x1100 && WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

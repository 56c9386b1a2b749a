import { textWidth } from './text-width.ts'

const SPACE = '[\\t\\n\\v\\f\\r ]'
const NOT_SPACE = '[^\\t\\n\\v\\f\\r ]'
const WORD = '[\\p{L}\\p{N}_]'
const LETTER = '[\\p{L}_]'
const WORD_OR_MARK = `[\\p{L}\\p{N}_!"'&.,?]`

/**
 * Pieces a line may be broken between: white space, dashes between words, words up to a hyphen between letters, words.
 * Alternatives in the order that Python's textwrap tries them.
 */
const PIECES = new RegExp(
  [
    `${SPACE}+`,
    `(?<=${WORD_OR_MARK})-{2,}(?=${WORD})`,
    `${NOT_SPACE}+?(?:` +
      `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${WORD_OR_MARK}-))(?=${LETTER}-?${LETTER})` +
      `|(?=${SPACE}|$)` +
      `|(?<=${WORD_OR_MARK})(?=-{2,}${WORD}))`,
  ].join('|'),
  'gu',
)

const TAB_STOP = 8

/**
 * Breaks text into lines of at most `width` cells the way Python's `textwrap` does: at white space and after hyphens;
 * a word that fits nowhere is broken, after a hyphen if it has one.
 */
export function wrapText(text: string, width: number): string[] {
  const flat = expandTabs(text).replace(/[\t\n\v\f\r]/g, ' ')
  const pieces = flat.match(PIECES) ?? []
  const rest = [...pieces].reverse()
  const lines: string[] = []
  while (rest.length > 0) {
    const line: string[] = []
    let used = 0
    if (isBlank(rest.at(-1)) && lines.length > 0) rest.pop()
    for (let next = rest.at(-1); next !== undefined && used + textWidth(next) <= width; next = rest.at(-1)) {
      line.push(next)
      used += textWidth(next)
      rest.pop()
    }
    const next = rest.at(-1)
    if (next !== undefined && textWidth(next) > width) {
      const [head, tail] = breakWord(next, width - used, line.length === 0 ? 'at-least-one' : 'what-fits')
      line.push(head)
      rest[rest.length - 1] = tail
      if (tail === '') rest.pop()
    }
    if (isBlank(line.at(-1))) line.pop()
    if (line.length > 0) lines.push(line.join(''))
  }
  return lines
}

/** @param amount an empty line takes one character even when it is too wide, so that every line makes progress */
function breakWord(word: string, room: number, amount: 'at-least-one' | 'what-fits'): [string, string] {
  const hyphen = word.lastIndexOf('-', room - 1)
  const isHyphenated = hyphen > 0 && /[^-]/.test(word.slice(0, hyphen))
  const end = isHyphenated ? hyphen + 1 : unitsWithin(word, room, amount)
  return [word.slice(0, end), word.slice(end)]
}

/** UTF-16 units of the characters that fit into `room` cells. */
function unitsWithin(word: string, room: number, amount: 'at-least-one' | 'what-fits'): number {
  let units = 0
  let cells = 0
  for (const char of word) {
    const width = textWidth(char)
    if (cells + width > room && (units > 0 || amount === 'what-fits')) break
    cells += width
    units += char.length
  }
  return units
}

function isBlank(piece: string | undefined): boolean {
  return piece !== undefined && piece.trim() === ''
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  let column = 0
  return Array.from(text, (char) => {
    if (char !== '\t') {
      column = char === '\n' || char === '\r' ? 0 : column + 1
      return char
    }
    const blanks = TAB_STOP - (column % TAB_STOP)
    column += blanks
    return ' '.repeat(blanks)
  }).join('')
}

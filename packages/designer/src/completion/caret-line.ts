/** Where on a line of YAML something begins. */
export interface LineMark {
  kind: 'dash' | 'key'
  column: number
  /** Of a key, without quotes. */
  name: string
  /** Of a key: behind its colon, blanks skipped; the line's length where nothing follows. */
  valueColumn: number
  hasValue: boolean
}

export interface CaretLine {
  text: string
  marks: LineMark[]
  /** Where what is behind the last dash begins. */
  contentColumn: number
  isBlank: boolean
}

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#&*!|>'"%@`[\]{},-][^#]*?|-[^\s#][^#]*?))[ \t]*:(?=\s|$)/
const DASH = /^-(?=\s|$)/

/** One line of block style, taken apart without regard for the rest of the text, so that a broken text still has its outline. */
export function readLine(text: string): CaretLine {
  const marks: LineMark[] = []
  let column = blanks(text, 0)
  while (DASH.test(text.slice(column))) {
    marks.push({ kind: 'dash', column, name: '', valueColumn: column + 1, hasValue: false })
    column = blanks(text, column + 1)
  }
  const contentColumn = column
  const isBlank = marks.length === 0 && (column === text.length || text[column] === '#')
  const key = isBlank ? null : KEY.exec(text.slice(column))
  if (key !== null) {
    const valueColumn = blanks(text, column + key[0].length)
    const name = key[1] ?? key[2] ?? key[3] ?? ''
    const hasValue = valueColumn < text.length && text[valueColumn] !== '#'
    marks.push({ kind: 'key', column, name, valueColumn, hasValue })
  }
  return { text, marks, contentColumn, isBlank }
}

function blanks(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

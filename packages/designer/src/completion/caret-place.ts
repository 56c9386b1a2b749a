import { type CaretLine, readLine } from './caret-line.ts'
import { flowPlace } from './flow-place.ts'

/** What in a text of YAML a caret is in, found by the lines alone: the text need not be right, and seldom is while it is typed. */
export interface CaretPlace {
  /** `key`: of the mapping at `path`, or text that may become one; `value`: of the entry at `path`; `none`: a comment. */
  kind: 'key' | 'value' | 'none'
  path: (string | number)[]
  /** What stands there: the key or the value. */
  from: number
  to: number
  /** Of it what is before the caret. */
  word: string
  /** Column of the key, from 0. */
  column: number
  /** Other keys of the mapping. */
  siblings: readonly string[]
  /** Whether a key's colon is there. */
  hasColon: boolean
  /** Whether it is in `{}` or `[]`. */
  isFlow: boolean
}

/** @param offset with LF as line ends */
export function caretPlace(text: string, offset: number): CaretPlace {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lines = new TextOutline(text, lineStart)
  const line = lines.at(lines.current)
  const column = offset - lineStart
  const none: CaretPlace = {
    kind: 'none',
    path: [],
    from: offset,
    to: offset,
    word: '',
    column,
    siblings: [],
    hasColon: false,
    isFlow: false,
  }
  if (isInComment(line.text, column)) return none
  const marks = line.marks.filter((mark) => mark.column < column || (mark.kind === 'key' && mark.column <= column))
  const key = marks.at(-1)?.kind === 'key' ? marks.at(-1) : undefined
  const dashes = marks.filter(({ kind }) => kind === 'dash').map((mark) => mark.column)
  // What is typed right behind a dash, or on an empty line, begins where the caret is.
  const start = Math.min(line.contentColumn, column)
  if (key === undefined || column <= key.column + nameLength(line.text, key)) {
    const { path, siblings } = lines.climb(start, dashes)
    const end = key === undefined ? line.text.length : key.column + nameLength(line.text, key)
    const flow = key === undefined ? flowPlace(line.text.slice(start, column)) : null
    if (flow !== null) return inFlow(flow, path, lineStart + start, offset)
    const to = lineStart + Math.max(end, column)
    const word = line.text.slice(start, column)
    return {
      ...none,
      kind: 'key',
      path,
      siblings,
      from: lineStart + start,
      to,
      word,
      column: start,
      hasColon: key !== undefined,
    }
  }
  const { path } = lines.climb(key.column, dashes)
  path.push(key.name)
  const from = Math.min(key.valueColumn, column)
  const flow = flowPlace(line.text.slice(from, column))
  if (flow !== null) return inFlow(flow, path, lineStart + from, offset)
  return {
    ...none,
    kind: 'value',
    path,
    from: lineStart + from,
    to: lineStart + valueEnd(line.text, column),
    word: line.text.slice(from, column),
    column: key.column,
  }
}

function inFlow(
  flow: NonNullable<ReturnType<typeof flowPlace>>,
  path: (string | number)[],
  start: number,
  offset: number,
): CaretPlace {
  const { kind, steps, siblings, from, word } = flow
  const common = { from: start + from, to: offset, word, column: 0, siblings, hasColon: false, isFlow: true }
  return { kind, path: [...path, ...steps], ...common }
}

/** A blank before the sign makes it a comment; inside of quotes it is none. */
function isInComment(line: string, column: number): boolean {
  let quote = ''
  for (let at = 0; at < column; at++) {
    const sign = line[at] ?? ''
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return true
    else if ((sign === '"' || sign === "'") && /^$|[\s:,[{-]/.test(line[at - 1] ?? '')) quote = sign
  }
  return false
}

function nameLength(line: string, key: { column: number; name: string }): number {
  const quoted = line[key.column] === '"' || line[key.column] === "'"
  return key.name.length + (quoted ? 2 : 0)
}

/** Without a comment behind it. */
function valueEnd(line: string, column: number): number {
  const comment = /\s+#/.exec(line.slice(column))
  return comment === null ? (line.trimEnd().length < column ? column : line.trimEnd().length) : column + comment.index
}

class TextOutline {
  readonly #texts: string[]
  readonly #read = new Map<number, CaretLine>()
  readonly current: number

  constructor(text: string, lineStart: number) {
    this.#texts = text.split('\n')
    this.current = text.slice(0, lineStart).split('\n').length - 1
  }

  at(line: number): CaretLine {
    const known = this.#read.get(line)
    if (known !== undefined) return known
    const read = readLine(this.#texts[line] ?? '')
    this.#read.set(line, read)
    return read
  }

  /** Up from something on the current line to the root. @param dashes before it on the line */
  climb(start: number, dashes: readonly number[]): { path: (string | number)[]; siblings: string[] } {
    const path: (string | number)[] = []
    const siblings: string[] = []
    let column = start
    let isItem = false
    const enterItem = (at: number) => {
      path.unshift(0)
      column = at
      isItem = true
    }
    for (const dash of dashes.toReversed()) enterItem(dash)
    for (let line = this.current - 1; line >= 0 && (column > 0 || isItem || path.length === 0); line--) {
      const { marks, isBlank } = this.at(line)
      if (isBlank) continue
      for (const mark of marks.toReversed()) {
        const isParentOfList = isItem && mark.column === column && !mark.hasValue
        if (mark.kind === 'dash') {
          if (mark.column < column) enterItem(mark.column)
          else if (mark.column === column && isItem && typeof path[0] === 'number') path[0]++
        } else if (mark.column < column || isParentOfList) {
          path.unshift(mark.name)
          column = mark.column
          isItem = false
        } else if (mark.column === column && !isItem && path.length === 0) siblings.push(mark.name)
      }
    }
    return { path, siblings: [...siblings, ...this.#below(start)] }
  }

  /** Keys of the same mapping on the lines that follow. */
  #below(column: number): string[] {
    const found: string[] = []
    for (let line = this.current + 1; line < this.#texts.length; line++) {
      const { marks, isBlank } = this.at(line)
      if (isBlank) continue
      const first = marks[0]?.column ?? this.at(line).contentColumn
      if (first < column) break
      const key = marks.find((mark) => mark.kind === 'key' && mark.column === column)
      if (key !== undefined) found.push(key.name)
    }
    return found
  }
}

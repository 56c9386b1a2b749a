import { type Cursor, isBlank, isBreak } from './cursor.ts'

const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1B',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
}
const HEX_LENGTHS: Record<string, number> = { x: 2, u: 4, U: 8 }

/** What follows a plain scalar tells whether a key may start: it may after a line break. */
export interface PlainScalar {
  text: string
  /** Behind its last character. */
  end: number
  crossedLines: boolean
}

/** Reads a plain scalar; the cursor stops at the next thing that is not blank. */
export function takePlain(cursor: Cursor, indent: number, isInFlow: boolean): PlainScalar {
  let text = ''
  let end = cursor.offset
  let gap = ''
  let crossedLines = false
  while (!cursor.isAtDocumentMark && !cursor.is('#')) {
    const start = cursor.offset
    while (!cursor.isBlankOrEnd() && !endsPlain(cursor, isInFlow)) cursor.skip()
    if (cursor.offset === start) break
    text += gap + cursor.text.slice(start, cursor.offset)
    end = cursor.offset
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) return { text, end, crossedLines: false }
    const space = takeSpace(cursor, indent)
    gap = space.text
    crossedLines = space.hasBreak
    if (!isInFlow && crossedLines && cursor.column <= indent) break
  }
  return { text, end, crossedLines }
}

function endsPlain(cursor: Cursor, isInFlow: boolean): boolean {
  if (cursor.is(':')) {
    if (isInFlow && cursor.isOneOf(',?[]{}', 1)) cursor.fail("found unexpected ':'")
    return cursor.isBlankOrEnd(1)
  }
  return isInFlow && cursor.isOneOf(',[]{}')
}

/** White space inside a scalar: kept on one line; one line break becomes a space, more become one less. */
function takeSpace(cursor: Cursor, indent: number | null): { text: string; hasBreak: boolean } {
  const start = cursor.offset
  cursor.skipBlanks()
  if (!isBreak(cursor.code())) return { text: cursor.text.slice(start, cursor.offset), hasBreak: false }
  const first = cursor.takeBreak()
  let more = ''
  for (;;) {
    while (isBlank(cursor.code())) {
      const isInIndentation = indent !== null && cursor.column <= indent
      if (isInIndentation && cursor.is('\t')) cursor.fail('found a tab character that violates indentation')
      cursor.skip()
    }
    if (!isBreak(cursor.code())) break
    more += cursor.takeBreak()
  }
  return { text: folded(first, more), hasBreak: true }
}

function folded(first: string, more: string): string {
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}

export function takeSingleQuoted(cursor: Cursor): string {
  return takeQuoted(cursor, (text) => {
    const start = cursor.offset
    while (!cursor.isBlankOrEnd() && !cursor.is("'")) cursor.skip()
    let next = text + cursor.text.slice(start, cursor.offset)
    if (cursor.is("'") && cursor.is("'", 1)) {
      cursor.skip(2)
      next += "'"
    }
    return next
  })
}

export function takeDoubleQuoted(cursor: Cursor): string {
  return takeQuoted(cursor, (text) => {
    const start = cursor.offset
    while (!cursor.isBlankOrEnd() && !cursor.is('"') && !cursor.is('\\')) cursor.skip()
    const next = text + cursor.text.slice(start, cursor.offset)
    return cursor.is('\\') ? next + takeEscape(cursor) : next
  })
}

/** `takePart` takes at least one character unless it stands at white space or the closing quote. */
function takeQuoted(cursor: Cursor, takePart: (text: string) => string): string {
  const start = cursor.offset
  const quote = cursor.text.charAt(start)
  cursor.skip()
  let text = ''
  for (;;) {
    if (cursor.isAtDocumentMark) cursor.fail('found unexpected document indicator')
    if (cursor.isAtEnd) cursor.fail('found unexpected end of stream', start)
    const before = cursor.offset
    text = takePart(text)
    if (cursor.offset > before) continue
    if (cursor.is(quote)) {
      cursor.skip()
      return text
    }
    text += takeSpace(cursor, null).text
  }
}

/** An escaped line break joins two lines and drops what indents the second. */
function takeEscape(cursor: Cursor): string {
  const code = cursor.code(1)
  if (isBreak(code)) {
    cursor.skip()
    cursor.takeBreak()
    return takeIndentOfNextLine(cursor)
  }
  const char = cursor.text.charAt(cursor.offset + 1)
  const simple = ESCAPES[char]
  if (simple !== undefined) {
    cursor.skip(2)
    return simple
  }
  const length = HEX_LENGTHS[char]
  if (length === undefined) return cursor.fail('found unknown escape character')
  const digits = cursor.text.slice(cursor.offset + 2, cursor.offset + 2 + length)
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) cursor.fail('did not find expected hexdecimal number')
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
    cursor.fail('found invalid Unicode character escape code')
  cursor.skip(2 + length)
  return String.fromCodePoint(point)
}

function takeIndentOfNextLine(cursor: Cursor): string {
  let breaks = ''
  for (;;) {
    cursor.skipBlanks()
    if (!isBreak(cursor.code())) return breaks
    breaks += cursor.takeBreak()
  }
}

interface BlockHeader {
  chomping: '' | '+' | '-'
  /** 0: the first line tells. */
  increment: number
  end: number
}

export interface BlockScalar {
  text: string
  /** Behind its last line without that line's break; with `+` the empty lines after it count. */
  end: number
}

/** Reads a literal (`|`) or folded (`>`) scalar that stands in a collection indented by `parentIndent`. */
export function takeBlockScalar(cursor: Cursor, parentIndent: number): BlockScalar {
  const isFolded = cursor.is('>')
  cursor.skip()
  const header = takeBlockHeader(cursor)
  let end = header.end
  const given = header.increment === 0 ? 0 : Math.max(parentIndent, 0) + header.increment
  let empty = takeEmptyLines(cursor, given)
  const indent = given === 0 ? Math.max(empty.widest, parentIndent + 1, 1) : given
  let text = ''
  let lineBreak = ''
  let wasIndentedMore = false
  while (cursor.column === indent && !cursor.isAtEnd) {
    const isIndentedMore = isBlank(cursor.code())
    const joins = isFolded && lineBreak === '\n' && !wasIndentedMore && !isIndentedMore
    if (joins) text += empty.breaks === '' ? ' ' : empty.breaks
    else text += lineBreak + empty.breaks
    wasIndentedMore = isIndentedMore
    text += takeLine(cursor)
    end = cursor.offset
    lineBreak = cursor.isAtEnd ? '' : cursor.takeBreak()
    empty = takeEmptyLines(cursor, indent)
  }
  if (header.chomping !== '-') text += lineBreak
  if (header.chomping !== '+') return { text, end }
  return { text: text + empty.breaks, end: empty.breaks === '' ? end : empty.end }
}

function takeBlockHeader(cursor: Cursor): BlockHeader {
  const match = /^(?:([+-])?([0-9])?|([0-9])([+-])?)(?=[^+\-0-9]|$)/.exec(
    cursor.text.slice(cursor.offset, cursor.offset + 3),
  )
  const chomping = match?.[1] ?? match?.[4] ?? ''
  const digit = match?.[2] ?? match?.[3]
  if (digit === '0') cursor.fail('found an indentation indicator equal to 0')
  cursor.skip(match?.[0].length ?? 0)
  const end = cursor.offset
  cursor.skipBlanks()
  cursor.skipComment()
  if (!cursor.isAtEnd && !isBreak(cursor.code())) cursor.fail('did not find expected comment or line break')
  if (!cursor.isAtEnd) cursor.takeBreak()
  return { chomping: chomping === '+' || chomping === '-' ? chomping : '', increment: Number(digit ?? 0), end }
}

/** Empty lines and the indentation of the next one; with indent 0 all of it. */
function takeEmptyLines(cursor: Cursor, indent: number): { breaks: string; widest: number; end: number } {
  let breaks = ''
  let widest = 0
  let end = cursor.offset
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.is(' ')) cursor.skip()
    widest = Math.max(widest, cursor.column)
    if ((indent === 0 || cursor.column < indent) && cursor.is('\t')) {
      cursor.fail('found a tab character where an indentation space is expected')
    }
    if (!isBreak(cursor.code())) return { breaks, widest, end }
    // before the break of the last empty line
    end = cursor.offset
    breaks += cursor.takeBreak()
  }
}

function takeLine(cursor: Cursor): string {
  const start = cursor.offset
  while (!cursor.isAtEnd && !isBreak(cursor.code())) cursor.skip()
  return cursor.text.slice(start, cursor.offset)
}

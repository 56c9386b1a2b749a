import { isBlank, isBreak } from './cursor.ts'
import type { YamlScalar } from './tree.ts'

/**
 * Where each character of a scalar's text stands in the source, and behind the last entry where the scalar ends; null where that
 * can not be told (a block scalar of blank lines, line breaks that are no LF or CR).
 */
export function scalarOffsets(source: string, node: YamlScalar): number[] | null {
  const offsets = isBlock(node) ? blockOffsets(source, node) : flowOffsets(source, node)
  if (offsets === null || offsets.length !== node.text.length) return null
  offsets.push(isQuoted(node) ? node.end - 1 : node.end)
  return offsets
}

function isBlock({ style }: YamlScalar): boolean {
  return style === 'literal' || style === 'folded'
}

function isQuoted({ style }: YamlScalar): boolean {
  return style === 'single-quoted' || style === 'double-quoted'
}

const HEX_ESCAPES: Record<string, number> = { x: 2, u: 4, U: 8 }

function flowOffsets(source: string, node: YamlScalar): number[] {
  const offsets: number[] = []
  const inner = isQuoted(node) ? 1 : 0
  const end = node.end - inner
  let at = node.contentStart + inner
  while (at < end) {
    const char = source[at] ?? ''
    if (isSpace(source, at)) at = takeSpace(source, at, end, offsets)
    else if (node.style === 'single-quoted' && char === "'") at = take(offsets, at, 1, 2)
    else if (node.style === 'double-quoted' && char === '\\') at = takeEscape(source, at, end, offsets)
    else at = take(offsets, at, 1, 1)
  }
  return offsets
}

/** Notes that characters of the text come from here. */
function take(offsets: number[], at: number, characters: number, length: number): number {
  for (let count = 0; count < characters; count++) offsets.push(at)
  return at + length
}

function isSpace(source: string, at: number): boolean {
  const code = source.charCodeAt(at)
  return isBlank(code) || isBreak(code)
}

/** Blanks on a line stand for themselves; with line breaks among them they are one space, or one break less. */
function takeSpace(source: string, start: number, end: number, offsets: number[]): number {
  let at = start
  let breaks = 0
  for (; at < end && isSpace(source, at); at++) {
    const isSecondHalf = source[at] === '\n' && source[at - 1] === '\r' && at > start
    if (isBreak(source.charCodeAt(at)) && !isSecondHalf) breaks++
  }
  if (breaks > 0) take(offsets, start, Math.max(1, breaks - 1), 0)
  else for (let blank = start; blank < at; blank++) offsets.push(blank)
  return at
}

function takeEscape(source: string, at: number, end: number, offsets: number[]): number {
  if (isBreak(source.charCodeAt(at + 1))) {
    const joined: number[] = []
    const next = takeSpace(source, at + 1, end, joined)
    // the escaped break is gone; empty lines behind it stay
    const breaks = source.slice(at + 1, next).match(/\r\n|[\n\r\x85]/g)?.length ?? 1
    return take(offsets, at, breaks - 1, next - at)
  }
  const digits = HEX_ESCAPES[source[at + 1] ?? '']
  if (digits === undefined) return take(offsets, at, 1, 2)
  const point = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16)
  return take(offsets, at, point > 0xffff ? 2 : 1, 2 + digits)
}

/** Lines are found in the text one after the other: between them are nothing but breaks and single spaces. */
function blockOffsets(source: string, node: YamlScalar): number[] | null {
  const { text } = node
  const lines = linesOf(source, node)
  const first = lines.find(({ content }) => content.trim() !== '')
  const firstText = text.split('\n').find((line) => line.trim() !== '')
  if (first === undefined || firstText === undefined) return null
  const indent = first.content.search(/\S/) - firstText.search(/\S/)
  const offsets: number[] = []
  let previousEnd = first.start
  for (const { start, content } of lines) {
    const written = content.slice(indent)
    if (written === '') continue
    const at = text.indexOf(written, offsets.length)
    if (at === -1 || /[^\n ]/.test(text.slice(offsets.length, at))) return null
    take(offsets, previousEnd, at - offsets.length, 0)
    for (let index = 0; index < written.length; index++) offsets.push(start + indent + index)
    previousEnd = start + content.length
  }
  take(offsets, previousEnd, text.length - offsets.length, 0)
  return offsets
}

function linesOf(source: string, node: YamlScalar): { start: number; content: string }[] {
  const body = source.slice(node.contentStart, node.end)
  const found = Array.from(body.matchAll(/(\r\n|\r|\n)([^\r\n]*)/g))
  return found.map((match) => ({
    start: node.contentStart + match.index + (match[1]?.length ?? 0),
    content: match[2] ?? '',
  }))
}

/** Python's `split`, `rsplit` and `strip`. */
import { PYTHON_SPACE, PythonValueError } from '@st2/python-values'
import { chargeText } from '../values/meter.ts'

const BLANK = new RegExp(`[${PYTHON_SPACE}]`)
const WORDS = new RegExp(`[^${PYTHON_SPACE}]+`, 'g')

/** @param max splits at most, all when negative */
export function splitLeft(text: string, separator: string | null, max: number): string[] {
  if (separator === null) return splitBlanks(text, max)
  const parts = splitAll(text, separator)
  if (max < 0 || parts.length <= max + 1) return parts
  return [...parts.slice(0, max), parts.slice(max).join(separator)]
}

export function splitRight(text: string, separator: string | null, max: number): string[] {
  if (separator === null) return splitBlanksRight(text, max)
  const parts = splitFromRight(text, separator)
  if (max < 0 || parts.length <= max + 1) return parts
  const kept = parts.length - max
  return [parts.slice(0, kept).join(separator), ...parts.slice(kept)]
}

function splitAll(text: string, separator: string): string[] {
  if (separator === '') throw new PythonValueError('empty separator')
  return text.split(separator)
}

/** Separators that overlap are found from the end. */
function splitFromRight(text: string, separator: string): string[] {
  if (separator === '') throw new PythonValueError('empty separator')
  const parts: string[] = []
  let end = text.length
  for (;;) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length)
    parts.push(text.slice(at < 0 ? 0 : at + separator.length, end))
    if (at < 0) return parts.reverse()
    end = at
  }
}

function splitBlanks(text: string, max: number): string[] {
  const parts: string[] = []
  for (const word of text.matchAll(WORDS)) {
    if (max >= 0 && parts.length === max) return [...parts, text.slice(word.index)]
    parts.push(word[0])
  }
  return parts
}

function splitBlanksRight(text: string, max: number): string[] {
  const words = [...text.matchAll(WORDS)]
  if (max < 0 || words.length <= max) return words.map(([word]) => word)
  const kept = words.slice(words.length - max)
  const last = words[words.length - max - 1]
  const head = last === undefined ? '' : text.slice(0, last.index + last[0].length)
  return [head, ...kept.map(([word]) => word)]
}

type Strip = (char: string) => boolean

function stripOf(chars: string | null): Strip {
  if (chars === null) return (char) => BLANK.test(char)
  const set = new Set(chars)
  return (char) => set.has(char)
}

export function trimLeft(text: string, chars: string | null): string {
  chargeText(text.length << 1)
  const isStripped = stripOf(chars)
  let at = 0
  for (const char of text) {
    if (!isStripped(char)) break
    at += char.length
  }
  return text.slice(at)
}

export function trimRight(text: string, chars: string | null): string {
  chargeText(text.length << 1)
  const isStripped = stripOf(chars)
  let end = text.length
  while (end > 0) {
    const isPair =
      end > 1 && /[\udc00-\udfff]/.test(text.charAt(end - 1)) && /[\ud800-\udbff]/.test(text.charAt(end - 2))
    const from = end - (isPair ? 2 : 1)
    if (!isStripped(text.slice(from, end))) break
    end = from
  }
  return text.slice(0, end)
}

export function trim(text: string, chars: string | null): string {
  return trimLeft(trimRight(text, chars), chars)
}

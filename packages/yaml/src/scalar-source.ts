import { escapeOf, scalarText, shapeOf } from './dump.ts'
import { implicitTag } from './scalars.ts'

export type FlowScalarStyle = 'plain' | 'single-quoted' | 'double-quoted'

export interface ScalarSourceOptions {
  /** Inside brackets, where more characters have a meaning. */
  isFlow: boolean
  /** Used where the text allows it. @default 'plain' */
  style?: FlowScalarStyle
}

/** A scalar on one line that is read as just this value. */
export function scalarSource(value: unknown, { isFlow, style = 'plain' }: ScalarSourceOptions): string {
  if (typeof value !== 'string') return scalarText(value)
  const shape = shapeOf(value, true)
  if (style === 'plain' && shape.plain && implicitTag(value) === 'str' && !(isFlow && FLOW_SIGN.test(value)))
    return value
  const isSingleLine = shape.singleQuoted && !shape.multiline
  return style !== 'double-quoted' && isSingleLine ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value)
}

/** More than has a meaning in brackets: readers differ about some. */
const FLOW_SIGN = /[,[\]{}?:]/

function doubleQuoted(text: string): string {
  return `"${Array.from(text, (char) => escapeOf(char, true) ?? char).join('')}"`
}

/**
 * A text of several lines as a literal scalar, from its `|` on and without a line break at its end; null for one that can not be
 * written so: its first line begins with a blank, or it holds what must be escaped.
 */
export function literalSource(text: string, indent: number, lineBreak: string): string | null {
  const body = text.replace(/\n+$/, '')
  if (!text.includes('\n') || body === '' || /^\n*[ \t]/.test(text)) return null
  if (/[\r\x85\u2028\u2029]/.test(text) || shapeOf(text.replaceAll('\t', ''), true).special) return null
  const ending = text.length - body.length
  const header = ending === 0 ? '|-' : ending === 1 ? '|' : '|+'
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
  // a kept line end is an empty line each
  return [header, ...lines, ...Array<string>(Math.max(0, ending - 1)).fill('')].join(lineBreak)
}

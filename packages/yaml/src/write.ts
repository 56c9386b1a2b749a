import { literalSource, scalarSource } from './scalar-source.ts'

/** How a text lays out what is written into it. */
export interface YamlLayout {
  lineBreak: string
  /** Columns by which a mapping is indented beneath its key. */
  step: number
  /** Columns by which a list is indented beneath its key; 0: its dashes stand in the key's column. */
  listStep: number
  /** Keys and texts in double quotes, as in JSON. Of what stands in brackets. */
  isJson: boolean
  /** Texts of several lines as block scalars. Not where a comment follows that would become part of one. @default true */
  hasBlockScalars?: boolean
}

/** `name: value` in block style, as it stands in a mapping in this column; the first line without its indentation. */
export function pairText(name: string, value: unknown, column: number, layout: YamlLayout): string {
  return `${keyText(name, false, layout)}:${valueText(value, column, 'mapping', layout)}`
}

/** `- value`, as it stands in a list whose dashes are in this column. */
export function itemText(value: unknown, column: number, layout: YamlLayout): string {
  return `-${valueText(value, column, 'list', layout)}`
}

/** What follows a key's colon or a dash in this column: begins with a space or a line break. */
export function valueText(value: unknown, column: number, parent: 'mapping' | 'list', layout: YamlLayout): string {
  if (typeof value === 'string') return ` ${textIn(value, column, parent, layout)}`
  const list = listOf(value)
  const entries = list === null ? entriesOf(value) : null
  if (list === null && entries === null) return ` ${scalarSource(value, { isFlow: false })}`
  const parts = list ?? entries ?? []
  if (parts.length === 0) return list === null ? ' {}' : ' []'
  const inner = list !== null && parent === 'mapping' ? column + layout.listStep : column + indentIn(parent, layout)
  const lines = list === null ? pairs(entries ?? [], inner, layout) : items(list, inner, layout)
  const separator = layout.lineBreak + ' '.repeat(inner)
  return (parent === 'list' ? ' ' : separator) + lines.join(separator)
}

/** A value on one line, in brackets where it is a collection. */
export function flowText(value: unknown, layout: YamlLayout): string {
  const list = listOf(value)
  if (list !== null) return `[${list.map((item) => flowText(item, layout)).join(', ')}]`
  const entries = entriesOf(value)
  if (entries !== null) return `{${entries.map(([name, inner]) => flowPairText(name, inner, layout)).join(', ')}}`
  return scalarSource(value, { isFlow: true, style: layout.isJson ? 'double-quoted' : 'plain' })
}

export function flowPairText(name: string, value: unknown, layout: YamlLayout): string {
  return `${keyText(name, true, layout)}: ${flowText(value, layout)}`
}

export function isCollection(value: unknown): boolean {
  return listOf(value) !== null || entriesOf(value) !== null
}

/** Beneath a dash a mapping stands right behind it. */
function indentIn(parent: 'mapping' | 'list', layout: YamlLayout): number {
  return parent === 'list' ? '- '.length : layout.step
}

function textIn(text: string, column: number, parent: 'mapping' | 'list', layout: YamlLayout): string {
  const { lineBreak, step, hasBlockScalars = true } = layout
  // empty lines that follow would become part of a text that keeps those at its end
  const keepsLines = text.endsWith('\n\n')
  const indent = column + (parent === 'list' ? '- '.length : step)
  const literal = keepsLines || !hasBlockScalars ? null : literalSource(text, indent, lineBreak)
  return literal ?? scalarSource(text, { isFlow: false })
}

function pairs(entries: readonly [string, unknown][], column: number, layout: YamlLayout): string[] {
  return entries.map(([name, value]) => pairText(name, value, column, layout))
}

function items(list: readonly unknown[], column: number, layout: YamlLayout): string[] {
  return list.map((value) => itemText(value, column, layout))
}

function keyText(name: string, isFlow: boolean, { isJson }: YamlLayout): string {
  return scalarSource(name, { isFlow, style: isFlow && isJson ? 'double-quoted' : 'plain' })
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** A Map keeps an order that an object can not: names like numbers come first there. */
function entriesOf(value: unknown): [string, unknown][] | null {
  if (value instanceof Map) return [...value].map(([name, inner]: [unknown, unknown]) => [String(name), inner])
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.entries(value)
}

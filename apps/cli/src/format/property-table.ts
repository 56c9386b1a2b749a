import { dumpsJson } from '@st2/python-values'
import { displayText, isEmpty } from './display-text.ts'
import { type Fields, fieldsOf, isAll, isFields } from './fields.ts'
import { formatGrid } from './grid.ts'
import type { Transforms } from './list-table.ts'

export interface PropertyTableOptions {
  readonly attributes: readonly string[]
  /** These come first, in this order; the rest as given, or by name when all are shown. */
  readonly order?: readonly string[] | undefined
  readonly transforms?: Transforms | undefined
}

const COLUMNS = [
  { title: 'Property', maxWidth: 20 },
  { title: 'Value', maxWidth: 60 },
]
const DEFAULT_ORDER = ['id', 'name', 'pack', 'description']
const JSON_INDENT = 4

/** One document, one row per attribute. @source cli.md 4 */
export function formatProperties(document: object, options: PropertyTableOptions): string {
  const fields = fieldsOf(document)
  const transforms = options.transforms ?? {}
  const rows = ordered(fields, options).map((attribute) => {
    const value = attributeValue(fields, attribute)
    return [attribute, valueText((transforms[attribute] ?? ((same: unknown) => same))(value))]
  })
  return formatGrid(COLUMNS, rows)
}

function ordered(fields: Fields, options: PropertyTableOptions): string[] {
  const shown = isAll(options.attributes)
    ? Object.keys(fields)
        .filter((name) => !name.startsWith('_'))
        .sort()
    : options.attributes
  const first = (options.order ?? DEFAULT_ORDER).filter((name) => shown.includes(name))
  return [...first, ...shown.filter((name) => !first.includes(name))]
}

function attributeValue(fields: Fields, attribute: string): unknown {
  return attribute.split('.').reduce<unknown>((value, name) => {
    if (typeof value === 'string') return value
    const inner = isFields(value) ? value[name] : undefined
    return isEmpty(inner) ? '' : inner
  }, fields)
}

function valueText(value: unknown): string {
  return displayText(isFields(value) || Array.isArray(value) ? dumpsJson(value, { indent: JSON_INDENT }) : value)
}

import { parseLiteral, PythonError, str, toJsonValue } from '@st2/python-values'
import { dumpYaml } from '@st2/yaml'
import type { Colorize } from './colors.ts'
import { displayText, unescapeDisplay } from './display-text.ts'
import { yamlValue } from './documents.ts'
import { type Fields, fieldsOf, isFields, valueAt } from './fields.ts'
import type { Transforms } from './list-table.ts'

export interface ExecutionTextOptions {
  readonly attributes: readonly string[]
  readonly transforms: Transforms
  readonly colorize: Colorize
}

/** Lines `attribute: value`; objects and lists as YAML beneath. @source cli.md 4, 9.2 */
export function formatExecution(execution: object, options: ExecutionTextOptions): string {
  const fields = fieldsOf(execution)
  const lines = options.attributes.map((attribute) => {
    return `${options.colorize(attribute, 'blue')}: ${attributeText(fields, attribute, options.transforms)}`
  })
  return unescapeDisplay(lines.join('\n'))
}

/** The bare value of one key of the result. */
export function formatResultKey(execution: object, key: string): string {
  const { result } = fieldsOf(execution)
  if (!isFields(result)) throw new Error(`the execution has no result object to take "${key}" from`)
  return unescapeDisplay(str(valueAt(result, key) ?? null))
}

function attributeText(fields: Fields, attribute: string, transforms: Transforms): string {
  const raw = valueAt(fields, attribute) ?? null
  const shown = typeof raw === 'string' ? displayText(raw) : raw
  const value = parsedText((transforms[attribute] ?? ((same: unknown) => same))(shown))
  return isFields(value) || Array.isArray(value) ? nestedText(attribute, value) : str(value)
}

/** A text that looks like an object or a list is shown as one when it can be read. */
function parsedText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[{[][\s\S]*[}\]]$/.test(value)) return value
  try {
    const literal: unknown = parseLiteral(value)
    const plain: unknown = toJsonValue(literal)
    return typeof plain === 'object' && plain !== null ? plain : value
  } catch (error) {
    if (error instanceof PythonError) return value
    throw error
  }
}

function nestedText(attribute: string, value: Fields | readonly unknown[]): string {
  const yaml = dumpYaml({ [attribute]: yamlValue(value) }, { indent: 2, width: Number.POSITIVE_INFINITY })
  const text = yaml.slice(attribute.length + 2, -1)
  const nested = Array.isArray(value) ? indented(text) : text
  return `\n${nested}`.replaceAll('\n\n', '\n')
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

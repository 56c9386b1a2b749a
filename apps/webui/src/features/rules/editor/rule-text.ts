import { dumpYaml, parseYaml, YamlError } from '@st2/yaml'
import { isRecord } from '../../../widgets/json-record.ts'

/** Column after which long texts are folded. */
const WIDTH = 100

/**
 * A rule as YAML, as people write one: what it is before its details. Criteria keep their order, in which they are
 * looked at.
 */
export function ruleText(rule: Readonly<Record<string, unknown>>): string {
  return mapping(rule, 0)
}

/** Keys whose own keys keep their order; what is below is anybody's data, and sorted. */
const ORDERED = new Set(['type', 'trigger', 'criteria', 'action'])

function mapping(value: Readonly<Record<string, unknown>>, depth: number): string {
  return Object.entries(value)
    .map(([name, part]) =>
      isOrdered(name, part, depth) ? `${keyText(name)}:\n${indented(mapping(part, depth + 1))}` : entry(name, part),
    )
    .join('')
}

function isOrdered(name: string, part: unknown, depth: number): part is Readonly<Record<string, unknown>> {
  if (!isRecord(part) || Object.keys(part).length === 0) return false
  return depth === 0 ? ORDERED.has(name) : depth === 1 && isRecord(part) && 'pattern' in part
}

function entry(name: string, part: unknown): string {
  return dumpYaml({ [name]: part }, { allowUnicode: true, width: WIDTH })
}

/** A key as YAML needs it quoted or not. */
function keyText(name: string): string {
  return entry(name, 0).replace(/: 0\n$/, '')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}

export type ReadText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'wrong'; readonly reason: string }

/** Nobody writes a larger rule by hand. */
const MAX_NODES = 100_000

export function readText(text: string): ReadText {
  try {
    return { kind: 'value', value: parseYaml(text, { maxNodes: MAX_NODES }) }
  } catch (error) {
    if (error instanceof YamlError)
      return { kind: 'wrong', reason: `Line ${error.line}, column ${error.column}: ${error.reason}` }
    throw error
  }
}

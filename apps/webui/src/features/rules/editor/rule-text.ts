import { dumpYaml, parseYaml, YamlError } from '@st2/yaml'

/** Column after which long texts are folded. */
const WIDTH = 100

/** A rule as YAML, its keys in the order they are given. */
export function ruleText(rule: Readonly<Record<string, unknown>>): string {
  return Object.entries(rule)
    .map(([name, value]) => dumpYaml({ [name]: value }, { allowUnicode: true, width: WIDTH }))
    .join('')
}

export type ReadText = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'wrong'; readonly reason: string }

/** Nobody writes a larger rule by hand. */
const MAX_NODES = 100_000

export function readText(text: string): ReadText {
  try {
    return { kind: 'value', value: parseYaml(text, { maxNodes: MAX_NODES }) }
  } catch (error) {
    if (error instanceof YamlError) return { kind: 'wrong', reason: `Line ${error.line}, column ${error.column}: ${error.reason}` }
    throw error
  }
}

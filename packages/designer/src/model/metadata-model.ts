import type { YamlMapping } from '@st2/yaml'
import { entriesOfNode, fieldOf, resolved, textOf } from './node-values.ts'
import { readSource, type SourceText } from './source-text.ts'

export interface ParameterModel {
  name: string
  /** As it is written: type, description, default, required, … */
  schema: Readonly<Record<string, unknown>>
}

/** What an action's metadata says. */
export interface MetadataModel {
  name: string | null
  pack: string | null
  description: string | null
  runner_type: string | null
  entry_point: string | null
  /** @default true, as upstream has it */
  enabled: boolean
  /** In the order of the file. */
  parameters: readonly ParameterModel[]
  /** Other keys, which are kept. */
  undrawn: readonly string[]
  source: SourceText
}

/** In the order in which new ones are written. */
export const METADATA_KEYS = [
  'name',
  'pack',
  'description',
  'runner_type',
  'enabled',
  'entry_point',
  'parameters',
] as const

/** @throws YamlError */
export function readMetadata(text: string): MetadataModel {
  const source = readSource(text)
  const { root } = source
  const field = (name: string) => (root === null ? null : fieldOf(root, name))
  return {
    name: textOf(field('name')),
    pack: textOf(field('pack')),
    description: textOf(field('description')),
    runner_type: textOf(field('runner_type')),
    entry_point: textOf(field('entry_point')),
    enabled: field('enabled')?.value !== false,
    parameters: root === null ? [] : parametersOf(root),
    undrawn:
      root === null
        ? []
        : entriesOfNode(root)
            .map(({ name }) => name)
            .filter(isOther),
    source,
  }
}

function parametersOf(root: YamlMapping): ParameterModel[] {
  const mapping = resolved(fieldOf(root, 'parameters'))
  if (mapping?.kind !== 'map') return []
  return entriesOfNode(mapping).map(({ name, value }) => ({ name, schema: { ...Object(value) } }))
}

function isOther(name: string): boolean {
  return !METADATA_KEYS.some((known) => known === name)
}

import type { DesignerTexts } from '@st2/designer'
import { parseYaml } from '@st2/yaml'

/** What of the metadata is sent; other keys of the file are kept in it. */
const SENT = ['description', 'enabled', 'parameters', 'output_schema', 'tags', 'notify'] as const

export interface SavedAs {
  readonly ref: string
  readonly body: Readonly<Record<string, unknown>>
}

export type SaveBody =
  | ({ readonly kind: 'ready' } & SavedAs)
  /** What has to be put right before it can be saved: field and reason. */
  | {
      readonly kind: 'wrong'
      readonly field: 'name' | 'pack' | 'entry_point' | 'runner_type' | 'text'
      readonly reason: string
    }

/** What is sent to save a workflow: the metadata as it is written, and both files. Pure. */
export function saveBody({ workflow, metadata }: DesignerTexts, metadataFile: string | null): SaveBody {
  const read = readMapping(metadata)
  if (typeof read === 'string') return wrong('text', read)
  const name = textAt(read, 'name')
  if (name === '') return wrong('name', 'A workflow needs a name.')
  if (!/^[\w.-]+$/.test(name)) return wrong('name', `“${name}”: a name has letters, digits, “_”, “-” and “.” only.`)
  const pack = textAt(read, 'pack')
  if (pack === '') return wrong('pack', 'A workflow belongs to a pack.')
  const runner = textAt(read, 'runner_type')
  if (runner !== 'orquesta') return wrong('runner_type', `The runner of a workflow is “orquesta”, not “${runner}”.`)
  const entryPoint = textAt(read, 'entry_point')
  if (!/\.ya?ml$/.test(entryPoint))
    return wrong('entry_point', 'The entry point is a YAML file, such as workflows/deploy.yaml.')
  const file = metadataFile || `actions/${name}.meta.yaml`
  return {
    kind: 'ready',
    ref: `${pack}.${name}`,
    body: {
      name,
      pack,
      runner_type: runner,
      entry_point: entryPoint,
      metadata_file: file,
      ...Object.fromEntries(SENT.flatMap((key) => (read[key] == null ? [] : [[key, read[key]]]))),
      enabled: read['enabled'] !== false,
      data_files: [
        { file_path: entryPoint, content: workflow },
        { file_path: file.replace(/^actions\//, ''), content: metadata },
      ],
    },
  }
}

function wrong(field: Extract<SaveBody, { kind: 'wrong' }>['field'], reason: string): SaveBody {
  return { kind: 'wrong', field, reason }
}

/** @returns why it is none, as a text */
function readMapping(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = parseYaml(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : 'The metadata is no mapping.'
  } catch (error) {
    return `The metadata cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

function textAt(mapping: Readonly<Record<string, unknown>>, key: string): string {
  const value = mapping[key]
  return typeof value === 'string' ? value.trim() : ''
}

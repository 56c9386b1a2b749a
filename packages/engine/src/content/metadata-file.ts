import { readFile, stat } from 'node:fs/promises'
import { parseYaml, YamlError } from '@st2/yaml'
import { placeInYaml } from './place-in-yaml.ts'

interface Place {
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** A file of a pack that cannot be used, with the place of the fault. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError'
  /** Absolute, when it is known. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(message: string, place: Place, options?: ErrorOptions) {
    super(message, options)
    this.file = place.file
    this.line = place.line
    this.column = place.column
  }
}

/** A YAML file whose top level is a map. */
export interface MetadataFile {
  readonly path: string
  readonly content: Readonly<Record<string, unknown>>
  /** The error that something at this path of the content is wrong. */
  fault(message: string, path: readonly (string | number)[], options?: ErrorOptions): MetadataError
}

/**
 * Reads a metadata file.
 *
 * @param maxSize `[content] max_metadata_size`
 * @param empty what an empty file is: an error, or an empty map
 * @throws MetadataError too large, no UTF-8, broken YAML, no map
 */
export async function readMetadataFile(path: string, maxSize: number, empty: 'error' | 'map'): Promise<MetadataFile> {
  const text = await readText(path, maxSize)
  const content = parse(text, path)
  if (content === null && empty === 'map') return metadataFile(path, text, {})
  if (content === null) throw new MetadataError('the file is empty', { file: path, line: 1 })
  if (!isMap(content)) {
    throw new MetadataError(
      `the file holds ${Array.isArray(content) ? 'a list' : 'a single value'}, not a map of keys`,
      {
        line: 1,
      },
    )
  }
  return metadataFile(path, text, content)
}

function metadataFile(path: string, text: string, content: Record<string, unknown>): MetadataFile {
  return {
    path,
    content,
    fault: (message, at, options) => new MetadataError(message, { ...placeInYaml(text, at), file: path }, options),
  }
}

async function readText(path: string, maxSize: number): Promise<string> {
  const stats = await stat(path)
  // A pipe would be waited for, and a device has no end.
  if (!stats.isFile()) throw new MetadataError('not a regular file', { file: path })
  const { size } = stats
  if (size > maxSize) {
    throw new MetadataError(
      `${size} bytes, more than ${maxSize}, the most there may be ([content] max_metadata_size)`,
      {},
    )
  }
  const bytes = await readFile(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new MetadataError(
      'the file is not UTF-8 text',
      { line: lineOfInvalidUtf8(bytes), file: path },
      { cause: error },
    )
  }
}

function lineOfInvalidUtf8(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n')
  const index = lines.findIndex((line) => {
    const raw = Buffer.from(line, 'latin1')
    return Buffer.compare(Buffer.from(raw.toString('utf8'), 'utf8'), raw) !== 0
  })
  return index < 0 ? 1 : index + 1
}

function parse(text: string, path: string): unknown {
  try {
    return parseYaml(text, { source: path })
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new MetadataError(error.reason, { file: path, line: error.line, column: error.column }, { cause: error })
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

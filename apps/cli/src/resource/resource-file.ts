import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { parseYaml } from '@st2/yaml'
import { isFields } from '../format/fields.ts'
import type { Io } from '../shell/io.ts'

const EXTENSIONS = ['.json', '.yaml', '.yml']

/** The object a JSON or YAML file describes. */
export async function readResourceFile(io: Io, path: string): Promise<Readonly<Record<string, unknown>>> {
  const extension = extname(path)
  if (!EXTENSIONS.includes(extension)) {
    throw new Error(`Unsupported meta type "${extension}" of file "${path}". Supported are ${EXTENSIONS.join(', ')}.`)
  }
  const value: unknown = await read(resolve(io.cwd, path), extension)
  if (!isFields(value)) throw new Error(`File "${path}" does not hold an object.`)
  return value
}

async function read(path: string, extension: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new Error(`File "${path}" does not exist.`, { cause })
    }
    throw cause
  }
  return extension === '.json' ? JSON.parse(text) : parseYaml(text)
}

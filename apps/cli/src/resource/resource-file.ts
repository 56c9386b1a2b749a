import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { repr } from '@st2/python-values'
import { parseYaml } from '@st2/yaml'
import { isFields } from '../format/fields.ts'
import { parseLosslessJson } from '../session/lossless-json.ts'
import type { Io } from '../shell/io.ts'

const EXTENSIONS = ['.json', '.yaml', '.yml']

/** The object a JSON or YAML file describes. */
export async function readResourceFile(io: Io, path: string): Promise<Readonly<Record<string, unknown>>> {
  const value = await readDataFile(io, path)
  if (!isFields(value)) throw new Error(`File "${path}" does not hold an object.`)
  return value
}

/** Whatever a JSON or YAML file holds; numbers of JSON as they are written. */
export async function readDataFile(io: Io, path: string): Promise<unknown> {
  const file = resolve(io.cwd, path)
  const text = await read(file)
  const extension = extname(file)
  if (!EXTENSIONS.includes(extension)) {
    throw new Error(`Unsupported meta type ${extension}, file ${file}. Allowed: ${repr(EXTENSIONS)}`)
  }
  return extension === '.json' ? parseLosslessJson(text) : parseYaml(text, { source: path })
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new Error(`File "${file}" does not exist.`, { cause })
    }
    throw cause
  }
}

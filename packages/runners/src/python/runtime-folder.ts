import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where the Python modules are that pack code imports. Looked for upwards from this file: a bundle of the server stands
 * elsewhere than the sources.
 */
export function runtimeFolder(): string {
  found ??= findUpwards(dirname(fileURLToPath(import.meta.url)))
  return found
}

let found: string | undefined

const PLACES = ['python', 'packages/runners/python']

function findUpwards(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    for (const place of PLACES) {
      if (existsSync(join(folder, place, 'st2_runtime', '__init__.py'))) return join(folder, place)
    }
    if (folder === dirname(folder)) throw new Error(`the Python runtime (st2_runtime) is nowhere above ${start}`)
  }
}

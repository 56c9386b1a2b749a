import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, isAbsolute, join } from 'node:path'
import { isDict, getKey, parseJson } from '@st2/python-values'
import { parseYaml } from '@st2/yaml'
import { parseRehearsal, rehearse } from '../src/index.ts'
import { workflowExpressions } from './expressions.ts'

/** Folders above the test case in which its workflow is looked for. */
const MAX_FOLDERS_UP = 3

/** @returns what differs; paths in the case are relative to its folder or to one of those above it */
export function rehearseFile(path: string): string[] {
  const written = parseYaml(readFileSync(path, 'utf8'), { source: path })
  const base = basePath(path, written)
  const read = (name: string) => readFileSync(isAbsolute(name) ? name : join(base, name), 'utf8')
  return rehearse(parseRehearsal(written), {
    readDefinition: read,
    readResult: (name) => resultOf(name, read(name)),
    expressions: workflowExpressions,
  })
}

function basePath(path: string, written: unknown): string {
  const workflow = isDict(written) ? getKey(written, 'workflow') : undefined
  const own = dirname(path)
  let folder = own
  for (let up = 0; up <= MAX_FOLDERS_UP; up++, folder = join(folder, '..')) {
    if (typeof workflow === 'string' && existsSync(join(folder, workflow))) return folder
  }
  return own
}

function resultOf(name: string, text: string): unknown {
  const extension = extname(name)
  if (extension === '.json') return parseJson(text)
  return extension === '.yaml' || extension === '.yml' ? parseYaml(text, { source: name }) : text
}

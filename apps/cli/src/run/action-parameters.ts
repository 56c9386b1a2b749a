import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Io } from '../shell/io.ts'
import { castParameter, type Signature, typeOf } from './cast-parameter.ts'
import { inheritedEnvironment } from './inherited-environment.ts'

export interface ParameterWords {
  readonly actionRef: string
  readonly signature: Signature
  readonly words: readonly string[]
  readonly autoDict: boolean
  readonly inheritEnv: boolean
}

/** Where relative paths start, and the environment that may be passed on. */
type Place = Pick<Io, 'cwd' | 'env'>

/** Files of this action go to `file_content` and `file_name`. */
const HTTP_ACTION = 'core.http'

/**
 * The parameters a command line gives: `name=value`, `@name=file`; the first word without `=` and all after it are `cmd`.
 *
 * @source cli.md 8.2
 */
export async function parametersFromWords(given: ParameterWords, io: Place): Promise<Record<string, unknown>> {
  const parameters: Record<string, unknown> = given.inheritEnv ? { env: inheritedEnvironment(io.env) } : {}
  let fileName: string | null = null
  for (const [index, word] of given.words.entries()) {
    const at = word.indexOf('=')
    if (at === -1) {
      parameters['cmd'] = given.words.slice(index).join(' ')
      break
    }
    const name = word.slice(0, at)
    const value = word.slice(at + 1)
    if (!name.startsWith('@')) assign(parameters, name, value, given)
    else if (given.actionRef === HTTP_ACTION) {
      parameters['file_content'] = await readParameterFile(io, value)
      fileName = basename(value)
    } else parameters[name.slice(1)] = await readParameterFile(io, value)
  }
  if (fileName !== null) {
    parameters['method'] ??= 'POST'
    parameters['file_name'] ??= fileName
  }
  return parameters
}

/** An array given again grows; everything else is replaced. */
function assign(parameters: Record<string, unknown>, name: string, word: string, given: ParameterWords): void {
  const value = castParameter(name, word, given.signature, given.autoDict ? 'auto-dict' : 'plain')
  const earlier = parameters[name]
  if (typeOf(name, given.signature) !== 'array' || earlier === undefined) {
    parameters[name] = value
    return
  }
  if (!Array.isArray(earlier) || !Array.isArray(value)) {
    throw new Error(`Parameter "${name}" is given more than once, and not every value of it is a list.`)
  }
  parameters[name] = [...earlier, ...value]
}

async function readParameterFile(io: Place, word: string): Promise<string> {
  const path = resolve(io.cwd, word)
  const found = await stat(path).catch(() => null)
  if (found === null) throw new Error(`File "${path}" doesn't exist`)
  if (!found.isFile()) throw new Error(`"${path}" is not a file`)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch (cause) {
    if (cause instanceof TypeError) throw new Error(`File "${path}" is not UTF-8 text`, { cause })
    throw cause
  }
}

import { access, constants, realpath, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { PythonSettings } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'
import { INHERITED_ENVIRONMENT } from '../process/inherited-environment.ts'

/** The Python that runs the code of a pack. */
export interface Interpreter {
  readonly path: string
  /** The pack's virtualenv, null when it runs on the configured Python. */
  readonly virtualenv: string | null
}

/** These never use a virtualenv. @source packs-and-runners.md 2.3 */
const SYSTEM_PACKS = ['chatops', 'core', 'linux', 'packs']

/** @throws InvalidError when there is no such Python */
export async function interpreterFor(pack: string, settings: PythonSettings): Promise<Interpreter> {
  const virtualenv = join(settings.virtualenvs, pack)
  const own = join(virtualenv, 'bin', 'python')
  if (!SYSTEM_PACKS.includes(pack) && (await isThere(virtualenv))) {
    if (await isExecutable(own)) return { path: own, virtualenv }
    throw new InvalidError(
      `The virtual environment (${virtualenv}) for pack "${pack}" has no usable Python: "${own}" cannot be executed. ` +
        `You can make it anew using the command: "st2 run packs.setup_virtualenv packs=${pack}"`,
    )
  }
  return { path: await findBinary(settings.binary), virtualenv: null }
}

/**
 * Changes when the interpreter, or what is installed for it, has changed. With the packages known it is longer: the
 * shorter one is its beginning.
 *
 * @param sitePackages where pip installs for it, when that is known
 */
export async function fingerprint(interpreter: Interpreter, sitePackages: string | null): Promise<string> {
  const files = [await realpath(interpreter.path)]
  if (interpreter.virtualenv !== null) files.push(join(interpreter.virtualenv, 'pyvenv.cfg'))
  if (sitePackages !== null) files.push(sitePackages)
  return (await Promise.all(files.map(stampOf))).join('')
}

async function stampOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found === null ? '- ' : `${found.ino}:${found.size}:${found.mtimeMs} `
}

async function findBinary(name: string): Promise<string> {
  const candidates = name.includes('/')
    ? [name]
    : (INHERITED_ENVIRONMENT['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate
  throw new InvalidError(`There is no Python "${name}" to run the action with (setting actionrunner.python_binary)`)
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

import { delimiter, join } from 'node:path'
import type { PythonSettings } from '@st2/engine/runner'
import { INHERITED_ENVIRONMENT } from '../process/inherited-environment.ts'
import type { Interpreter } from './interpreter.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where modules are looked for besides what the interpreter knows; the Python side puts them in order. */
export interface ModulePaths {
  readonly pack_lib: string | null
  readonly virtualenv: string | null
  readonly actions_lib: string | null
  /** PYTHONPATH of the server. */
  readonly inherited: string | null
}

/** Where `st2common.content` looks for packs. */
const PACKS_VARIABLE = 'ST2_PACKS_BASE_PATHS'

/** The environment of a Python process but for what names its execution: later ones win. */
export function pythonEnvironment(
  interpreter: Interpreter,
  settings: PythonSettings,
  ...added: readonly Environment[]
): Record<string, string> {
  const path = INHERITED_ENVIRONMENT['PATH'] ?? ''
  const merged: Record<string, string | undefined> = {
    ...INHERITED_ENVIRONMENT,
    ...(interpreter.virtualenv !== null && { PATH: `${join(interpreter.virtualenv, 'bin')}/${delimiter}${path}` }),
    [PACKS_VARIABLE]: settings.packs.join(delimiter),
    ...Object.assign({}, ...added),
  }
  const entries = Object.entries(merged).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0].toUpperCase() !== 'PYTHONPATH',
  )
  return Object.fromEntries(entries)
}

/** @source packs-and-runners.md 4.3 (actions) and 5.4 (sensors, which have no `actions/lib`) */
export function modulePaths(
  packPath: string | null,
  interpreter: Interpreter,
  settings: PythonSettings,
  kind: 'action' | 'sensor',
): ModulePaths {
  return {
    pack_lib: settings.enable_common_libs && packPath !== null ? join(packPath, 'lib') : null,
    virtualenv: kind === 'action' ? interpreter.virtualenv : null,
    actions_lib: kind === 'action' && packPath !== null ? join(packPath, 'actions', 'lib') : null,
    inherited: INHERITED_ENVIRONMENT['PYTHONPATH'] ?? null,
  }
}

/** What takes effect only when an interpreter starts: a process forked from a warm one would not obey it. */
export function needsFreshInterpreter(variables: Environment): boolean {
  return Object.keys(variables).some((name) => STARTUP_VARIABLE.test(name))
}

const STARTUP_VARIABLE = /^(?:PYTHON|LD_|LC_|MALLOC_|GLIBC_|OPENSSL_|SSL_CERT_)|^(?:LANG|LANGUAGE)$/

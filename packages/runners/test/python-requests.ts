import { execFileSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PythonSettings, RunnerHost, RunOutcome, RunRequest } from '@st2/engine/runner'
import { makeRequest } from './requests.ts'
import { collectPieces, makeFolder, type Pieces } from './support.ts'

/** A data folder with the packs of `python-packs` in it, so that Python's own files do not end among the sources. */
export interface PythonPacks {
  readonly folder: string
  readonly settings: PythonSettings
  path(pack: string): string
  request(pack: string, entryPoint: string, changes?: PythonChanges): RunRequest
}

export interface PythonChanges {
  readonly parameters?: Record<string, unknown>
  readonly runner?: Record<string, unknown>
  readonly config?: Record<string, unknown>
  readonly settings?: Partial<PythonSettings>
  readonly env?: Record<string, string>
  readonly limits?: RunRequest['limits']
}

export async function openPacks(changes: Partial<PythonSettings> = {}): Promise<PythonPacks> {
  const folder = await makeFolder()
  await cp(fileURLToPath(new URL('./python-packs', import.meta.url)), join(folder, 'packs'), { recursive: true })
  const settings: PythonSettings = {
    binary: PYTHON,
    virtualenvs: join(folder, 'virtualenvs'),
    process: 'fork',
    max_parents: 4,
    parent_idle_seconds: 60,
    max_result_size: 64 * 1024 * 1024,
    log_level: 'DEBUG',
    enable_common_libs: false,
    configs: join(folder, 'configs'),
    packs: [join(folder, 'packs')],
    ...changes,
  }
  const path = (pack: string): string => join(folder, 'packs', pack)
  return {
    folder,
    settings,
    path,
    request: (pack, entryPoint, { parameters, runner, config, settings: other, env, limits } = {}) =>
      makeRequest('python-script', {
        action: { ref: `${pack}.action`, pack, name: 'action', parameters: {} },
        entry_point: join(path(pack), 'actions', entryPoint),
        pack_path: path(pack),
        action_parameters: parameters ?? {},
        runner_parameters: { timeout: 60, ...runner },
        env: { ST2_ACTION_PACK_NAME: pack, ST2_ACTION_API_URL: 'http://127.0.0.1:9/v1', ...env },
        python: { config: config ?? {}, settings: { ...settings, ...other } },
        ...(limits !== undefined && { limits }),
      }),
  }
}

/** The program itself: in PATH may be a script that chooses one. */
export const PYTHON = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()

export interface PythonRun {
  readonly status: RunOutcome['status']
  readonly result: unknown
  readonly stdout: string
  readonly stderr: string
  readonly exit_code: number
  readonly error?: string
  readonly pieces: Pieces
}

export async function runPython(
  host: RunnerHost,
  request: RunRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<PythonRun> {
  const pieces = collectPieces()
  const { status, result } = await host.run(request, pieces, signal)
  return { status, ...Object(result), pieces }
}

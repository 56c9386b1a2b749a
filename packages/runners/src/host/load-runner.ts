import type { Runner } from '@st2/engine/runner'
import { InvalidError } from '@st2/model'

/** A runner's code is loaded with its first run: an idle host stays small. */
const LOADERS: Readonly<Record<string, () => Promise<Runner>>> = {
  'local-shell-cmd': async () => (await import('../local-shell-cmd/local-shell-cmd-runner.ts')).localShellCmdRunner,
  'local-shell-script': async () =>
    (await import('../local-shell-script/local-shell-script-runner.ts')).localShellScriptRunner,
  'http-request': async () => (await import('../http-request/http-request-runner.ts')).httpRequestRunner,
  'python-script': async () => (await import('../python-script/python-script-runner.ts')).pythonScriptRunner,
}

export const HOST_RUNNERS: readonly string[] = Object.keys(LOADERS)

const loaded = new Map<string, Promise<Runner>>()

export function loadRunner(name: string): Promise<Runner> {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const load = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined
  if (load === undefined) return Promise.reject(new InvalidError(`The runner host has no runner "${name}"`))
  const runner = load()
  loaded.set(name, runner)
  // What fails for want of memory or file handles may work the next time.
  runner.catch(() => loaded.delete(name))
  return runner
}

export async function loadAllRunners(): Promise<void> {
  await Promise.all(HOST_RUNNERS.map(loadRunner))
}

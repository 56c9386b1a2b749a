import { existsSync } from 'node:fs'
import { defaultConfigFile } from '@st2/engine'

/** Those of the command line, else the one of the environment, else the standard one where there is one. */
export function configFiles(
  named: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (named.length > 0) return named
  const standard = defaultConfigFile(env)
  return standard.named || existsSync(standard.path) ? [standard.path] : []
}

/** Variables of the environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_CONFIG_FILE = '/etc/st2/st2.conf'

/** The environment of this process, as it is now. */
export function processEnvironment(): Environment {
  return { ...process.env }
}

export interface EnvironmentEntry {
  readonly group: string
  readonly option: string
  readonly variable: string
  readonly value: string
}

/** `ST2_<GROUP>__<OPTION>`, upper case; the default group is ST2_DEFAULT__. @source config.md 1 */
export function environmentEntries(env: Environment): EnvironmentEntry[] {
  const entries: EnvironmentEntry[] = []
  for (const [variable, value] of Object.entries(env)) {
    const match = /^ST2_([A-Z0-9_]+?)__([A-Z0-9_]+)$/.exec(variable)
    if (match?.[1] === undefined || match[2] === undefined || value === undefined) continue
    const group = match[1] === 'DEFAULT' ? 'DEFAULT' : match[1].toLowerCase()
    entries.push({ group, option: match[2].toLowerCase(), variable, value })
  }
  return entries
}

/** The file to read when none is named: `ST2_CONFIG_PATH`, else upstream's place. `named`: it must be readable. */
export function defaultConfigFile(env: Environment): { readonly path: string; readonly named: boolean } {
  const named = env['ST2_CONFIG_PATH']
  return named === undefined || named === ''
    ? { path: DEFAULT_CONFIG_FILE, named: false }
    : { path: named, named: true }
}

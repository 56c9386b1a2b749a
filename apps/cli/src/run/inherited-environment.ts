/** Variables that describe the caller's own session and are not passed on, in upper and lower case. */
const PRIVATE = [
  'PWD',
  'MAIL',
  'USERNAME',
  'USER',
  'PATH',
  'HOME',
  'PS1',
  'SHELL',
  'PYTHONPATH',
  'SSH_TTY',
  'SSH_CONNECTION',
  'LANG',
  'LS_COLORS',
  'LOGNAME',
  'OLDPWD',
  'TERM',
  'XDG_SESSION_ID',
]

const HIDDEN = new Set([...PRIVATE, ...PRIVATE.map((name) => name.toLowerCase())])

/** @source cli.md 8.2 */
export function inheritedEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !HIDDEN.has(entry[0]),
  )
  return Object.fromEntries(entries)
}

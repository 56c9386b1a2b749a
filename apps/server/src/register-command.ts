import { basename } from 'node:path'
import { readArguments, UsageError } from './program-arguments.ts'

/** What the st2-register-content command asks the server for. */
export interface RegisterCommand {
  readonly types: readonly string[]
  /** Empty: every pack. */
  readonly packs: readonly string[]
  readonly failOnFailure: boolean
}

/** Flag → type of content. */
const TYPES: Readonly<Record<string, string>> = {
  'register-all': 'all',
  'register-triggers': 'trigger',
  'register-sensors': 'sensor',
  'register-runners': 'runner',
  'register-actions': 'action',
  'register-rules': 'rule',
  'register-aliases': 'alias',
  'register-policies': 'policy',
  'register-configs': 'config',
}
const NOT_SUPPORTED = ['register-setup-virtualenvs', 'register-recreate-virtualenvs']

export const REGISTER_USAGE = `Usage: st2-register-content (--register-all | --register-<kind>...) [options]

Asks a running server to register the packs on its disk.

  --register-all, ${Object.keys(TYPES)
    .slice(1)
    .map((name) => `--${name}`)
    .join(', ')}
  --register-pack FOLDER           only this pack, which must be on the server's search path
  --register-no-fail-on-failure    what is broken is left out
  --help

Environment: ST2_API_URL (default http://127.0.0.1:8080/api), ST2_AUTH_TOKEN or ST2_API_KEY
`

/** @throws UsageError @source packs-and-runners.md 1.13 */
export function parseRegisterCommand(args: readonly string[]): RegisterCommand | 'help' {
  const values = parse(args)
  if (values['help'] === true) return 'help'
  const refused = NOT_SUPPORTED.find((name) => values[name] === true)
  if (refused !== undefined) throw new UsageError(`--${refused} is not supported yet`)
  const types = Object.entries(TYPES).flatMap(([name, type]) => (values[name] === true ? [type] : []))
  if (types.length === 0) throw new UsageError('nothing to register: name --register-all or a kind')
  const pack = values['register-pack']
  return {
    types,
    packs: typeof pack === 'string' ? [basename(pack)] : [],
    failOnFailure: values['register-no-fail-on-failure'] !== true,
  }
}

/** Flags that the server has no use for are taken, so that scripts that name them go on working. */
const WITHOUT_EFFECT = ['register-fail-on-failure', 'verbose']

function parse(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const flags = [...Object.keys(TYPES), ...NOT_SUPPORTED, ...WITHOUT_EFFECT, 'register-no-fail-on-failure', 'help']
  const texts = ['register-pack', 'register-runner-dir', 'config-file']
  return readArguments(args, {
    ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' } as const])),
    ...Object.fromEntries(texts.map((name) => [name, { type: 'string' } as const])),
  })
}

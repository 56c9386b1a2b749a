import { PURGE_KINDS, type PurgeKind, type PurgeRequest } from '@st2/model'
import { readArguments, UsageError } from './program-arguments.ts'

/** Of executions alone. */
const EXECUTION_OPTIONS = `  --action-ref REF      only executions of this action
  --purge-incomplete    those that have not ended, or were abandoned, as well
`

export function purgeUsage(kind: PurgeKind): string {
  return `Usage: st2-purge-${kind} --timestamp TIME${kind === 'executions' ? ' [--action-ref REF] [--purge-incomplete]' : ''}

Removes ${kind.replace('-', ' ')} of a running server that are older than a moment.

  --timestamp TIME      UTC, such as 2026-01-31T00:00:00.000000Z
${kind === 'executions' ? EXECUTION_OPTIONS : ''}  --help

Environment: ST2_API_URL (default http://127.0.0.1:8080/api), ST2_AUTH_TOKEN or ST2_API_KEY
`
}

/** @throws UsageError @source services.md 7 */
export function parsePurgeCommand(kind: string | undefined, args: readonly string[]): PurgeRequest | 'help' {
  const known = PURGE_KINDS.find((each) => each === kind)
  if (known === undefined) throw new UsageError(`"${kind}" is nothing that can be purged: ${PURGE_KINDS.join(', ')}`)
  const values = parse(known, args)
  if (values['help'] === true) return 'help'
  const timestamp = values['timestamp']
  if (typeof timestamp !== 'string' || timestamp === '') {
    throw new UsageError('Please supply a timestamp for purging models. Aborting.')
  }
  const actionRef = values['action-ref']
  return {
    kind: known,
    timestamp,
    ...(typeof actionRef === 'string' ? { action_ref: actionRef } : {}),
    ...(values['purge-incomplete'] === true ? { purge_incomplete: true } : {}),
  }
}

function parse(kind: PurgeKind, args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const ofExecutions = { 'action-ref': { type: 'string' }, 'purge-incomplete': { type: 'boolean' } } as const
  return readArguments(args, {
    timestamp: { type: 'string' },
    help: { type: 'boolean' },
    // Taken, so that scripts that name them go on working.
    'config-file': { type: 'string' },
    verbose: { type: 'boolean' },
    ...(kind === 'executions' ? ofExecutions : {}),
  })
}

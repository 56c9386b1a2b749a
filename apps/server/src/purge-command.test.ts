import { describe, expect, it } from 'vitest'
import { UsageError } from './program-arguments.ts'
import { parsePurgeCommand, purgeUsage } from './purge-command.ts'

const TIME = '2026-01-31T00:00:00.000000Z'

describe('the command line of the st2-purge commands', () => {
  it.each([
    ['tokens', ['--timestamp', TIME], { kind: 'tokens', timestamp: TIME }],
    [
      'executions',
      [`--timestamp=${TIME}`, '--action-ref', 'core.local', '--purge-incomplete', '--config-file=/etc/st2/st2.conf'],
      { kind: 'executions', timestamp: TIME, action_ref: 'core.local', purge_incomplete: true },
    ],
    ['executions', ['--help'], 'help'],
  ])('%s %j', (kind, args, expected) => {
    expect(parsePurgeCommand(kind, args)).toEqual(expected)
  })

  it.each([
    ['executions', [], 'Please supply a timestamp for purging models. Aborting.'],
    ['tokens', ['--timestamp', TIME, '--purge-incomplete'], "Unknown option '--purge-incomplete'"],
    ['frobs', ['--timestamp', TIME], '"frobs" is nothing that can be purged'],
    [undefined, [], 'is nothing that can be purged'],
  ])('%s %j is refused', (kind, args, reason) => {
    expect(() => parsePurgeCommand(kind, args)).toThrow(reason)
    expect(() => parsePurgeCommand(kind, args)).toThrow(UsageError)
  })

  it('names the options that the kind has', () => {
    expect(purgeUsage('executions')).toContain('--purge-incomplete')
    expect(purgeUsage('tokens')).not.toContain('--purge-incomplete')
  })
})

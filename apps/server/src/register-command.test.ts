import { describe, expect, it } from 'vitest'
import { UsageError } from './program-arguments.ts'
import { parseRegisterCommand } from './register-command.ts'

describe('the command line of st2-register-content', () => {
  it.each([
    [['--register-all'], { types: ['all'], packs: [], failOnFailure: true }],
    [
      ['--register-actions', '--register-configs', '--verbose'],
      { types: ['action', 'config'], packs: [], failOnFailure: true },
    ],
    [
      ['--register-all', '--register-pack', '/opt/stackstorm/packs/mine/', '--register-no-fail-on-failure'],
      { types: ['all'], packs: ['mine'], failOnFailure: false },
    ],
    [['--register-all', '--config-file=/etc/st2/st2.conf'], { types: ['all'], packs: [], failOnFailure: true }],
  ])('%j', (args, command) => {
    expect(parseRegisterCommand(args)).toEqual(command)
  })

  it.each([
    [[], 'nothing to register'],
    [['--register-frob'], "Unknown option '--register-frob'"],
    [['--register-all', '--register-setup-virtualenvs'], 'is not supported yet'],
  ])('%j is refused', (args, reason) => {
    expect(() => parseRegisterCommand(args)).toThrow(reason)
    expect(() => parseRegisterCommand(args)).toThrow(UsageError)
  })
})

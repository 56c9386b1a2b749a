import type { RunMode } from '../run/run-action.ts'
import { RUN_OPTIONS } from '../run/run-options.ts'
import type { CommandSpec } from '../shell/command-spec.ts'

export function runCommand(name: string, mode: RunMode): CommandSpec {
  return {
    name,
    summary: 'Invoke an action manually.',
    arguments: [
      {
        name: 'ref_or_id',
        metavar: 'ref-or-id',
        takes: 'optional',
        help: 'Reference (pack.name) or ID of the action.',
      },
      { name: 'parameters', takes: 'any', help: 'Parameters of the action, as name=value.' },
    ],
    options: RUN_OPTIONS,
    ownHelp: true,
    load: async () => (await import('../run/run-action.ts')).runAction(mode),
  }
}

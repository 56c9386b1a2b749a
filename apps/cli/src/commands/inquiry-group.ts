import { resourceCommands } from '../resource/resource-commands.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { INQUIRIES } from './resources.ts'
import { COMMON_OPTIONS } from './shared-options.ts'

export const INQUIRY_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(INQUIRIES),
  {
    name: 'respond',
    summary: 'Respond to an inquiry.',
    arguments: [{ name: 'id', takes: 'one', help: 'ID of the inquiry.' }],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'response',
        flags: ['-r', '--response'],
        takes: 'one',
        help: 'The whole response as JSON. Without it each of its values is asked for.',
      },
    ],
    load: async () => (await import('../inquiry/respond.ts')).respondToInquiry,
  },
]

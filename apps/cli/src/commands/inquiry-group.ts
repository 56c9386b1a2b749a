import { resourceCommands } from '../resource/resource-commands.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { INQUIRIES } from './resources.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, LAST_OPTION, WIDTH_OPTION } from './shared-options.ts'

export const INQUIRY_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'Get the list of the 50 most recent inquiries.',
    arguments: [],
    options: [...COMMON_OPTIONS, LAST_OPTION, ATTRIBUTES_OPTION, WIDTH_OPTION],
    load: async () => (await import('../inquiry/list.ts')).listInquiries,
  },
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

import { resourceCommands } from '../resource/resource-commands.ts'
import { PACK_FILTER } from '../resource/resource-spec.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { RULES } from './resources.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, LAST_OPTION, WIDTH_OPTION } from './shared-options.ts'

export const RULE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'Get the list of the 50 most recent rules.',
    arguments: [],
    options: [
      ...COMMON_OPTIONS,
      LAST_OPTION,
      { name: 'iftt', flags: ['--iftt'], takes: 'nothing', help: 'Show which trigger runs which action.' },
      PACK_FILTER,
      { name: 'action', flags: ['-c', '--action'], takes: 'one', help: 'Only those that run this action.' },
      { name: 'trigger', flags: ['-g', '--trigger'], takes: 'one', help: 'Only those of this trigger.' },
      {
        name: 'enabled',
        flags: ['--enabled'],
        takes: 'nothing',
        exclusive: 'enabled',
        help: 'Only those that are enabled.',
      },
      {
        name: 'disabled',
        flags: ['--disabled'],
        takes: 'nothing',
        exclusive: 'enabled',
        help: 'Only those that are disabled.',
      },
      ATTRIBUTES_OPTION,
      WIDTH_OPTION,
    ],
    load: async () => (await import('../rule/list.ts')).listRules,
  },
  ...resourceCommands(RULES),
]

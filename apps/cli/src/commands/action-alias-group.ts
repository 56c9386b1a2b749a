import { resourceCommands } from '../resource/resource-commands.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { ACTION_ALIASES } from './resources.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, WIDTH_OPTION } from './shared-options.ts'

export const ACTION_ALIAS_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(ACTION_ALIASES),
  ...resourceCommands({ ...ACTION_ALIASES, key: 'name_or_id', verbs: ['update', 'delete'] }),
  {
    name: 'match',
    summary: 'Get the action alias that a command means.',
    arguments: [{ name: 'command', takes: 'one', help: 'What is said.' }],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION, WIDTH_OPTION],
    load: async () => (await import('../action-alias/match.ts')).matchActionAlias,
  },
]

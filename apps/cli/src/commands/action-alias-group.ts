import { resourceCommands } from '../resource/resource-commands.ts'
import { ASYNC_OPTION, DISPLAY_OPTIONS } from '../run/run-options.ts'
import type { ArgumentSpec, CommandSpec, OptionSpec } from '../shell/command-spec.ts'
import { ACTION_ALIASES } from './resources.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, WIDTH_OPTION } from './shared-options.ts'

const SAID: ArgumentSpec = { name: 'command', takes: 'one', help: 'What is said.' }
const USER_OPTION: OptionSpec = { name: 'user', flags: ['-u', '--user'], takes: 'one', help: 'Who says it.' }

export const ACTION_ALIAS_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(ACTION_ALIASES),
  ...resourceCommands({ ...ACTION_ALIASES, key: 'name_or_id', verbs: ['update', 'delete'] }),
  {
    name: 'match',
    summary: 'Get the action alias that a command means.',
    arguments: [SAID],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION, WIDTH_OPTION],
    load: async () => (await import('../action-alias/match.ts')).matchActionAlias,
  },
  {
    name: 'execute',
    summary: 'Execute the command text by finding a matching action alias.',
    arguments: [SAID],
    options: [...COMMON_OPTIONS, USER_OPTION],
    load: async () => (await import('../action-alias/execute.ts')).executeActionAlias,
  },
  {
    name: 'test',
    summary: 'Execute the command text by finding a matching action alias and format the result.',
    arguments: [SAID],
    options: [...COMMON_OPTIONS, USER_OPTION, ...DISPLAY_OPTIONS, ASYNC_OPTION],
    load: async () => (await import('../action-alias/test.ts')).testActionAlias,
  },
]

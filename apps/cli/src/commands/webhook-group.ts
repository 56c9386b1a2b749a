import { resourceCommands } from '../resource/resource-commands.ts'
import { PACK_FILTER } from '../resource/resource-spec.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { WEBHOOKS } from './resources.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, WIDTH_OPTION } from './shared-options.ts'

export const WEBHOOK_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'Get the list of webhooks.',
    arguments: [],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION, WIDTH_OPTION, PACK_FILTER],
    load: async () => (await import('../webhook/list.ts')).listWebhooks,
  },
  ...resourceCommands(WEBHOOKS),
]

import { resourceCommands } from '../resource/resource-commands.ts'
import type { CommandSpec } from '../shell/command-spec.ts'
import { TRIGGER_INSTANCES, TRIGGERS } from './resources.ts'
import { COMMON_OPTIONS } from './shared-options.ts'

export const TRIGGER_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(TRIGGERS),
  {
    name: 'getspecs',
    summary: 'Get the triggers of a kind, each with its parameters.',
    arguments: [{ name: 'ref', takes: 'optional', help: 'Reference of the kind, pack.name; without it all.' }],
    options: COMMON_OPTIONS,
    load: async () => (await import('../trigger/getspecs.ts')).getTriggerSpecifications,
  },
]

export const TRIGGER_INSTANCE_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(TRIGGER_INSTANCES),
  {
    name: 're-emit',
    summary: 'Let a particular event happen once more.',
    arguments: [{ name: 'id', takes: 'one', help: 'ID of the trigger instance.' }],
    options: COMMON_OPTIONS,
    load: async () => (await import('../trigger/re-emit.ts')).reEmitTriggerInstance,
  },
]

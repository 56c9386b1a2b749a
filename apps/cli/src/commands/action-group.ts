import { resourceCommands } from '../resource/resource-commands.ts'
import { type CommandSpec } from '../shell/command-spec.ts'
import { ACTIONS } from './resources.ts'
import { runCommand } from './run-command.ts'

export const ACTION_COMMANDS: readonly CommandSpec[] = [...resourceCommands(ACTIONS), runCommand('execute', 'async')]

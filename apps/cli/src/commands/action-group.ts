import { resourceCommands } from '../resource/resource-commands.ts'
import { type CommandSpec } from '../shell/command-spec.ts'
import { ACTIONS } from './resources.ts'
import { runCommand } from './run-command.ts'
import { COMMON_OPTIONS } from './shared-options.ts'

export const ACTION_COMMANDS: readonly CommandSpec[] = [
  ...resourceCommands(ACTIONS),
  {
    name: 'delete',
    summary: 'Delete an existing action.',
    arguments: [{ name: 'ref_or_id', metavar: 'ref-or-id', takes: 'one', help: 'Reference or ID of the action.' }],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'remove_files',
        flags: ['-r', '--remove-files'],
        takes: 'nothing',
        help: 'Remove its metadata file and entry point too.',
      },
    ],
    load: async () => (await import('../action/delete.ts')).deleteAction,
  },
  {
    name: 'clone',
    summary: 'Copy an action under another name, its files too.',
    arguments: [
      {
        name: 'source_ref_or_id',
        metavar: 'source-ref-or-id',
        takes: 'one',
        help: 'Reference or ID of the action to copy.',
      },
      { name: 'dest_pack_name', metavar: 'dest-pack-name', takes: 'one', help: 'Pack of the copy.' },
      { name: 'dest_action_name', metavar: 'dest-action-name', takes: 'one', help: 'Name of the copy.' },
    ],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'force',
        flags: ['-f', '--force'],
        takes: 'nothing',
        help: 'Overwrite an action that has this name already, without asking.',
      },
    ],
    load: async () => (await import('../action/clone.ts')).cloneAction,
  },
  runCommand('execute', 'async'),
]

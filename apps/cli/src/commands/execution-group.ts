import { DISPLAY_OPTIONS, ACTION_HELP_OPTION, ASYNC_OPTION, INHERIT_ENV_OPTION } from '../run/run-options.ts'
import type { ArgumentSpec, CommandSpec } from '../shell/command-spec.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, LAST_OPTION, WIDTH_OPTION } from './shared-options.ts'

const IDS: ArgumentSpec = { name: 'ids', takes: 'some', help: 'IDs of action executions.' }

export const EXECUTION_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'Get the list of the 50 most recent action executions.',
    arguments: [],
    options: [
      ...COMMON_OPTIONS,
      LAST_OPTION,
      {
        name: 'sort_order',
        flags: ['-s', '--sort'],
        takes: 'one',
        help: 'By start: asc or ascending for the earliest, desc or descending for the latest.',
      },
      { name: 'action', flags: ['--action'], takes: 'one', help: 'Only those of this action.' },
      { name: 'status', flags: ['--status'], takes: 'one', help: 'Only those in this status.' },
      { name: 'user', flags: ['--user'], takes: 'one', help: 'Only those of this user.' },
      {
        name: 'trigger_instance',
        flags: ['--trigger_instance'],
        takes: 'one',
        help: 'Only those this trigger instance caused.',
      },
      {
        name: 'timestamp_gt',
        flags: ['-tg', '--timestamp-gt'],
        takes: 'one',
        help: 'Only those that started after this time, such as 2000-01-01T12:00:00.000Z.',
      },
      {
        name: 'timestamp_lt',
        flags: ['-tl', '--timestamp-lt'],
        takes: 'one',
        help: 'Only those that started before this time, such as 2000-01-01T12:00:00.000Z.',
      },
      { name: 'showall', flags: ['-l', '--showall'], takes: 'nothing', help: 'Tasks of workflows too.' },
      ATTRIBUTES_OPTION,
      WIDTH_OPTION,
    ],
    load: async () => (await import('../execution/list.ts')).listExecutions,
  },
  {
    name: 'get',
    summary: 'Get individual action execution.',
    arguments: [{ name: 'id', takes: 'some', help: 'ID of the action execution.' }],
    options: [
      ...COMMON_OPTIONS,
      { name: 'exclude_result', flags: ['-x', '--exclude-result'], takes: 'nothing', help: 'Leave the result out.' },
      ...DISPLAY_OPTIONS,
    ],
    load: async () => (await import('../execution/get.ts')).getExecutions,
  },
  {
    name: 're-run',
    summary: 'Re-run a particular action.',
    arguments: [
      { name: 'id', takes: 'optional', help: 'ID of the action execution to re-run.' },
      { name: 'parameters', takes: 'any', help: 'Parameters that replace the earlier ones, as name=value.' },
    ],
    options: [
      ACTION_HELP_OPTION,
      ...COMMON_OPTIONS,
      { name: 'tasks', flags: ['--tasks'], takes: 'any', help: 'Tasks of the workflow to run again.' },
      {
        name: 'no_reset',
        flags: ['--no-reset'],
        takes: 'any',
        help: 'Tasks with items of which only the failed ones run again.',
      },
      ASYNC_OPTION,
      INHERIT_ENV_OPTION,
      ...DISPLAY_OPTIONS,
    ],
    ownHelp: true,
    load: async () => (await import('../execution/re-run.ts')).rerunExecution,
  },
  {
    name: 'cancel',
    summary: 'Cancel action executions.',
    arguments: [IDS],
    options: COMMON_OPTIONS,
    load: async () => (await import('../execution/cancel.ts')).cancelExecutions,
  },
  {
    name: 'pause',
    summary: 'Pause action executions (workflow executions only).',
    arguments: [IDS],
    options: [...COMMON_OPTIONS, ...DISPLAY_OPTIONS],
    load: async () => (await import('../execution/pause-resume.ts')).changeExecutions('pause'),
  },
  {
    name: 'resume',
    summary: 'Resume action executions (workflow executions only).',
    arguments: [IDS],
    options: [...COMMON_OPTIONS, ...DISPLAY_OPTIONS],
    load: async () => (await import('../execution/pause-resume.ts')).changeExecutions('resume'),
  },
  {
    name: 'tail',
    summary: 'Tail output of a particular execution.',
    arguments: [{ name: 'id', takes: 'optional', help: 'ID of the action execution; without it the newest.' }],
    options: [
      ...COMMON_OPTIONS,
      { name: 'output_type', flags: ['--type'], takes: 'one', help: 'Only this type: stdout, stderr, output or all.' },
      {
        name: 'include_metadata',
        flags: ['--include-metadata'],
        takes: 'nothing',
        help: 'Show the time and type of each piece.',
      },
    ],
    load: async () => (await import('../execution/tail.ts')).tailCommand,
  },
]

import { COMMON_OPTIONS } from '../commands/shared-options.ts'
import type { OptionSpec } from '../shell/command-spec.ts'

/** What a run or an execution shows of itself. */
export const DISPLAY_ATTRIBUTES = [
  'id',
  'action.ref',
  'context.user',
  'parameters',
  'status',
  'start_timestamp',
  'end_timestamp',
  'result',
] as const

/** Options of this group exclude each other. */
const EXCLUSIVE = 'display'

/** @source cli.md 8.1 */
export const DISPLAY_OPTIONS: readonly OptionSpec[] = [
  { name: 'with_schema', flags: ['--with-schema'], takes: 'nothing', help: 'Suggest an output_schema for the action.' },
  { name: 'raw', flags: ['--raw'], takes: 'nothing', help: 'Show no tasks of workflows.' },
  { name: 'show_tasks', flags: ['--show-tasks'], takes: 'nothing', help: 'Show the tasks of a workflow.' },
  {
    name: 'depth',
    flags: ['--depth'],
    takes: 'one',
    type: 'integer',
    help: 'How deep to show tasks of tasks; without it all of them.',
  },
  {
    name: 'width',
    flags: ['-w', '--width'],
    takes: 'some',
    type: 'integer',
    help: 'Width of all columns, or of each column.',
  },
  {
    name: 'attr',
    flags: ['--attr'],
    takes: 'some',
    exclusive: EXCLUSIVE,
    help: 'Attributes to show; "all" shows every one.',
  },
  { name: 'detail', flags: ['-d', '--detail'], takes: 'nothing', exclusive: EXCLUSIVE, help: 'Show a table.' },
  {
    name: 'key',
    flags: ['-k', '--key'],
    takes: 'one',
    exclusive: EXCLUSIVE,
    help: 'Show one value of the result only; dots lead into nested objects.',
  },
  {
    name: 'delay',
    flags: ['--delay'],
    takes: 'one',
    type: 'integer',
    exclusive: EXCLUSIVE,
    help: 'Milliseconds to wait before the execution is scheduled.',
  },
  {
    name: 'live',
    flags: ['--live'],
    takes: 'nothing',
    exclusive: EXCLUSIVE,
    help: 'Show the tasks of a workflow as they begin and end.',
  },
  { name: 'tail', flags: ['--tail'], takes: 'nothing', exclusive: EXCLUSIVE, help: 'Show output while it runs.' },
  {
    name: 'auto_dict',
    flags: ['--auto-dict'],
    takes: 'nothing',
    exclusive: EXCLUSIVE,
    help: 'Make an object of array items that hold a colon.',
  },
]

export const ASYNC_OPTION: OptionSpec = {
  name: 'async',
  flags: ['-a', '--async'],
  takes: 'nothing',
  help: 'Do not wait for the end.',
}

export const INHERIT_ENV_OPTION: OptionSpec = {
  name: 'inherit_env',
  flags: ['-e', '--inherit-env'],
  takes: 'nothing',
  help: 'Pass the environment as parameter "env"; for python, local and remote runners.',
}

export const ACTION_HELP_OPTION: OptionSpec = {
  name: 'help',
  flags: ['-h', '--help'],
  takes: 'nothing',
  help: 'Show the parameters of the action.',
}

export const RUN_OPTIONS: readonly OptionSpec[] = [
  ...COMMON_OPTIONS,
  ACTION_HELP_OPTION,
  ...DISPLAY_OPTIONS,
  {
    name: 'trace_tag',
    flags: ['--trace-tag', '--trace_tag'],
    takes: 'one',
    help: 'Begins a trace under this tag.',
  },
  { name: 'trace_id', flags: ['--trace-id'], takes: 'one', help: 'Joins an existing trace.' },
  ASYNC_OPTION,
  INHERIT_ENV_OPTION,
  { name: 'user', flags: ['-u', '--user'], takes: 'one', help: 'User to run as (administrators).' },
]

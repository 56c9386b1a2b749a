import type { OptionSpec } from '../shell/command-spec.ts'

export const CREDENTIAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'token',
    flags: ['-t', '--token'],
    takes: 'one',
    help: 'Token to authenticate with. Else ST2_AUTH_TOKEN.',
  },
  { name: 'api_key', flags: ['--api-key'], takes: 'one', help: 'API key to authenticate with. Else ST2_API_KEY.' },
]

export const FORMAT_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', flags: ['-j', '--json'], takes: 'nothing', help: 'Print JSON.' },
  { name: 'yaml', flags: ['-y', '--yaml'], takes: 'nothing', help: 'Print YAML.' },
]

/** What every command that asks the API accepts. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [...CREDENTIAL_OPTIONS, ...FORMAT_OPTIONS]

export const ATTRIBUTES_OPTION: OptionSpec = {
  name: 'attr',
  flags: ['-a', '--attr'],
  takes: 'some',
  help: 'Attributes to show; "all" shows every one.',
}

export const WIDTH_OPTION: OptionSpec = {
  name: 'width',
  flags: ['-w', '--width'],
  takes: 'some',
  type: 'integer',
  help: 'Width of all columns, or of each column.',
}

export const LAST_OPTION: OptionSpec = {
  name: 'last',
  flags: ['-n', '--last'],
  takes: 'one',
  type: 'integer',
  help: 'How many of the most recent ones; -1 shows all.',
}

import type { OptionSpec } from './command-spec.ts'

/** Options that stand before the command. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'help', flags: ['-h', '--help'], takes: 'nothing', help: 'show this help message and exit' },
  { name: 'version', flags: ['--version'], takes: 'nothing', help: 'show the version and exit' },
  {
    name: 'base_url',
    flags: ['--url'],
    takes: 'one',
    metavar: 'BASE_URL',
    help: 'Address all services are reached at, each on its own port. Else ST2_BASE_URL.',
  },
  { name: 'auth_url', flags: ['--auth-url'], takes: 'one', help: 'Address of the auth service. Else ST2_AUTH_URL.' },
  { name: 'api_url', flags: ['--api-url'], takes: 'one', help: 'Address of the API. Else ST2_API_URL.' },
  {
    name: 'stream_url',
    flags: ['--stream-url'],
    takes: 'one',
    help: 'Address of the stream service. Else ST2_STREAM_URL.',
  },
  { name: 'api_version', flags: ['--api-version'], takes: 'one', help: 'Version of the API. Else ST2_API_VERSION.' },
  {
    name: 'cacert',
    flags: ['--cacert'],
    takes: 'one',
    help: 'File with certificates of authorities to trust, or true or false. Else ST2_CACERT.',
  },
  {
    name: 'basic_auth',
    flags: ['--basic-auth'],
    takes: 'one',
    help: 'Credentials for a proxy in front, as user:password.',
  },
  {
    name: 'config_file',
    flags: ['--config-file'],
    takes: 'one',
    help: 'The configuration file. Else ST2_CONFIG_FILE.',
  },
  {
    name: 'print_config',
    flags: ['--print-config'],
    takes: 'nothing',
    help: 'Show the configuration in effect and exit with code 3.',
  },
  {
    name: 'skip_config',
    flags: ['--skip-config'],
    takes: 'nothing',
    help: 'Use neither the configuration file nor its credentials.',
  },
  { name: 'debug', flags: ['--debug'], takes: 'nothing', help: 'Show requests, with secrets masked, and answers.' },
]

/** Where the command begins: the first word that is neither an option nor an option's value. */
export function commandStart(words: readonly string[]): number {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-')) return index
    if (takesValue(word)) index += 1
  }
  return words.length
}

function takesValue(word: string): boolean {
  if (!word.startsWith('--') || word.includes('=')) return false
  const exact = GLOBAL_OPTIONS.find((option) => option.flags.includes(word))
  const option = exact ?? GLOBAL_OPTIONS.find((known) => known.flags.some((flag) => flag.startsWith(word)))
  return option?.takes === 'one'
}

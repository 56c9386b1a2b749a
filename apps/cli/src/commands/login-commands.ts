import type { CommandSpec, OptionSpec } from '../shell/command-spec.ts'
import { FORMAT_OPTIONS } from './shared-options.ts'

const USERNAME = { name: 'username', takes: 'one', help: 'Name of the user.' } as const

const PASSWORD: OptionSpec = {
  name: 'password',
  flags: ['-p', '--password'],
  takes: 'one',
  help: 'Password of the user; asked for when absent.',
}

const TTL: OptionSpec = {
  name: 'ttl',
  flags: ['-l', '--ttl'],
  takes: 'one',
  type: 'integer',
  help: 'Seconds the token is to live, at most what the server allows.',
}

export const AUTH_COMMAND: CommandSpec = {
  name: 'auth',
  summary: 'Authenticate a user and show the token.',
  arguments: [USERNAME],
  options: [
    ...FORMAT_OPTIONS,
    PASSWORD,
    TTL,
    { name: 'only_token', flags: ['-t', '--only-token'], takes: 'nothing', help: 'Print the token alone.' },
  ],
  withoutLogin: true,
  load: async () => (await import('./auth.ts')).authenticate,
}

export const LOGIN_COMMAND: CommandSpec = {
  name: 'login',
  summary: 'Authenticate a user and keep the token for the commands that follow.',
  arguments: [USERNAME],
  options: [
    ...FORMAT_OPTIONS,
    PASSWORD,
    TTL,
    {
      name: 'write_password',
      flags: ['-w', '--write-password'],
      takes: 'nothing',
      help: 'Write the password to the configuration file, in plain text.',
    },
  ],
  withoutLogin: true,
  load: async () => (await import('./login.ts')).login,
}

export const WHOAMI_COMMAND: CommandSpec = {
  name: 'whoami',
  summary: 'Show who is logged in.',
  arguments: [],
  options: FORMAT_OPTIONS,
  load: async () => (await import('./whoami.ts')).whoami,
}

import type { ArgumentSpec, CommandSpec, OptionSpec } from '../shell/command-spec.ts'
import { ATTRIBUTES_OPTION, COMMON_OPTIONS, WIDTH_OPTION } from './shared-options.ts'

const NAME: ArgumentSpec = { name: 'name', takes: 'one', help: 'Name of the key value pair.' }

const DECRYPT_OPTION: OptionSpec = {
  name: 'decrypt',
  flags: ['-d', '--decrypt'],
  takes: 'nothing',
  help: 'Show secrets as plain text.',
}

const USER_OPTION: OptionSpec = {
  name: 'user',
  flags: ['-u', '--user'],
  takes: 'one',
  help: 'Whose items, of the user scope.',
}

/** @source cli.md 7.3, 12 */
export const KEY_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'list',
    summary: 'Get the list of the 50 most recent key value pairs.',
    arguments: [],
    options: [
      ...COMMON_OPTIONS,
      ATTRIBUTES_OPTION,
      WIDTH_OPTION,
      { name: 'prefix', flags: ['--prefix'], takes: 'one', help: 'Only those whose names begin with this.' },
      DECRYPT_OPTION,
      scopeOption('system, user or all. Default: all.'),
      USER_OPTION,
      {
        name: 'last',
        flags: ['-n', '--last'],
        takes: 'one',
        type: 'integer',
        help: 'How many of each scope; -1 shows all.',
      },
    ],
    load: async () => (await import('../key/list.ts')).listKeys,
  },
  {
    name: 'get',
    summary: 'Get individual key value pair.',
    arguments: [{ ...NAME, takes: 'some' }],
    options: [...COMMON_OPTIONS, ATTRIBUTES_OPTION, DECRYPT_OPTION, scopeOption('system or user. Default: system.')],
    load: async () => (await import('../key/get.ts')).getKeys,
  },
  {
    name: 'set',
    summary: 'Set a key value pair, whether it exists or not.',
    arguments: [NAME, { name: 'value', takes: 'optional', help: 'Its value; asked for when it is not given.' }],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'secret',
        flags: ['-e', '--encrypt'],
        takes: 'nothing',
        exclusive: 'encryption',
        help: 'Store the value enciphered.',
      },
      {
        name: 'encrypted',
        flags: ['--encrypted'],
        takes: 'nothing',
        exclusive: 'encryption',
        help: 'The value is a ciphertext under the key of the server already.',
      },
      {
        name: 'ttl',
        flags: ['-l', '--ttl'],
        takes: 'one',
        type: 'integer',
        help: 'Seconds after which the item is gone. Without it an earlier limit ends.',
      },
      scopeOption('system or user. Default: system.'),
      USER_OPTION,
    ],
    load: async () => (await import('../key/set.ts')).setKey,
  },
  {
    name: 'delete',
    summary: 'Delete an existing key value pair.',
    arguments: [NAME],
    options: [...COMMON_OPTIONS, scopeOption('system or user. Default: system.'), USER_OPTION],
    load: async () => (await import('../key/delete.ts')).deleteKey,
  },
  {
    name: 'load',
    summary: 'Load a list of key value pairs from file.',
    arguments: [{ name: 'file', takes: 'one', help: 'JSON or YAML file with one key value pair or a list of them.' }],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'convert',
        flags: ['-c', '--convert'],
        takes: 'nothing',
        help: 'Store values that are no texts as JSON texts.',
      },
    ],
    load: async () => (await import('../key/load.ts')).loadKeys,
  },
  {
    name: 'delete_by_prefix',
    summary: 'Delete the key value pairs of the system scope whose names begin with a prefix.',
    arguments: [],
    options: [
      ...COMMON_OPTIONS,
      {
        name: 'prefix',
        flags: ['-p', '--prefix'],
        takes: 'one',
        required: true,
        help: 'Beginning of the names, such as twitter.TwitterSensor:',
      },
    ],
    load: async () => (await import('../key/delete-by-prefix.ts')).deleteKeysByPrefix,
  },
]

function scopeOption(help: string): OptionSpec {
  return { name: 'scope', flags: ['-s', '--scope'], takes: 'one', help }
}

import type { ParameterSchemas } from '@st2/model'

/** Declared by both remote runners. `dir` is not: scripts may change it. */
export const remoteShellParameters = {
  bastion_host: { description: 'Host to go through to reach the others.', required: false, type: 'string' },
  cwd: { default: '/tmp', description: 'Directory on the remote host to run in.', type: 'string' },
  env: { description: 'Environment variables for the command: an object of texts.', type: 'object' },
  hosts: { description: 'Hosts to run on, separated by commas.', required: true, type: 'string' },
  kwarg_op: { default: '--', description: 'Stands before the names of named arguments.', type: 'string' },
  parallel: {
    default: false,
    description: 'Run on all hosts at once. Cannot be switched on.',
    immutable: true,
    type: 'boolean',
  },
  passphrase: { description: 'Passphrase of the private key.', required: false, secret: true, type: 'string' },
  password: { description: 'Password to log in with.', required: false, secret: true, type: 'string' },
  port: { description: 'SSH port, 22 unless given.', required: false, type: 'integer' },
  private_key: {
    description: 'Private key to log in with, or its path.',
    required: false,
    secret: true,
    type: 'string',
  },
  sudo: { default: false, description: 'Run through sudo as root on the remote host.', type: 'boolean' },
  sudo_password: {
    default: null,
    description: 'Password for sudo, when it asks for one.',
    type: 'string',
    required: false,
    secret: true,
  },
  timeout: { default: 60, description: 'Seconds after which the command is given up.', type: 'integer' },
  username: { description: 'User to log in as.', required: false, type: 'string' },
} satisfies ParameterSchemas

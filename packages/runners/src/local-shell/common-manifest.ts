import type { ParameterSchemas } from '@st2/model'

/** Declared by both local runners, with the same defaults. */
export const localShellParameters = {
  cwd: { description: 'Directory the command runs in.', type: 'string' },
  env: { description: 'Environment variables for the command: an object of texts.', type: 'object' },
  kwarg_op: { default: '--', description: 'Stands before the names of named arguments.', type: 'string' },
  sudo: { default: false, description: 'Run the command through sudo as root.', type: 'boolean' },
  sudo_password: {
    default: null,
    description: 'Password for sudo, when it asks for one.',
    type: 'string',
    secret: true,
    required: false,
  },
  timeout: {
    default: 60,
    description: 'Seconds after which the command and everything it started are killed.',
    type: 'integer',
  },
} satisfies ParameterSchemas

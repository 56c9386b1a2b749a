import type { ParameterSchemas } from '@st2/model'

/** Declared by all three WinRM runners. */
export const winrmParameters = {
  cwd: { description: 'Directory on the Windows host to run in.', type: 'string' },
  env: { description: 'Environment variables for the command: an object of texts.', type: 'object' },
  host: { description: 'Windows host to run on.', required: true, type: 'string' },
  kwarg_op: { default: '-', description: 'Stands before the names of named arguments.', type: 'string' },
  password: { description: 'Password to log in with.', required: true, secret: true, type: 'string' },
  port: { default: 5986, description: 'Port of the WinRM service. 5985 means plain HTTP.', type: 'integer' },
  scheme: { default: 'https', description: 'https or http.', type: 'string' },
  timeout: { default: 60, description: 'Seconds after which the command is given up.', type: 'integer' },
  transport: {
    default: 'ntlm',
    description: 'How to log in.',
    enum: ['basic', 'certificate', 'credssp', 'kerberos', 'ntlm', 'plaintext', 'ssl'],
    type: 'string',
  },
  username: { description: 'User to log in as.', required: true, type: 'string' },
  verify_ssl_cert: {
    default: true,
    description: "Whether the host's certificate must be signed by a known authority.",
    type: 'boolean',
  },
} satisfies ParameterSchemas

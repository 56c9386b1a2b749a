import type { RunnerManifest } from '@st2/model'

export const pythonScriptManifest: RunnerManifest = {
  name: 'python-script',
  description: "Runs a Python class of the pack in the pack's own virtual environment.",
  enabled: true,
  runner_package: 'python_runner',
  runner_module: 'python_runner',
  runner_parameters: {
    debug: {
      description: 'Keep the temporary checkout that content_version makes.',
      type: 'boolean',
      required: false,
      default: false,
    },
    content_version: {
      description: "Revision of the pack's git repository (commit, tag or branch) to take the code from.",
      type: 'string',
      required: false,
    },
    env: { description: 'Environment variables for the action: an object of texts.', type: 'object' },
    timeout: { default: 600, description: 'Seconds after which the action is killed.', type: 'integer' },
    log_level: {
      description: "Lowest level of the action's log that goes to stderr. DEBUG means the configured level.",
      type: 'string',
      default: 'DEBUG',
      enum: ['AUDIT', 'CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG'],
    },
  },
  output_key: 'result',
  output_schema: {
    type: 'object',
    properties: {
      result: {
        anyOf: [
          { type: 'object' },
          { type: 'string' },
          { type: 'integer' },
          { type: 'number' },
          { type: 'boolean' },
          { type: 'array' },
          { type: 'null' },
        ],
      },
      stderr: { type: 'string', required: true },
      stdout: { type: 'string', required: true },
      exit_code: { type: 'integer', required: true },
    },
    additionalProperties: false,
  },
}

import type { RunnerManifest } from '@st2/model'

export const orquestaManifest: RunnerManifest = {
  name: 'orquesta',
  description: 'Runs an Orquesta workflow.',
  enabled: true,
  runner_package: 'orquesta_runner',
  runner_module: 'orquesta_runner',
  runner_parameters: {
    notify: {
      type: 'array',
      description: 'Tasks that send notifications.',
      uniqueItems: true,
      items: { type: 'string', minLength: 1, pattern: '^\\w+$' },
      default: [],
    },
  },
  output_key: 'output',
  output_schema: {
    type: 'object',
    properties: {
      errors: { anyOf: [{ type: 'object' }, { type: 'array' }] },
      output: {
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
    },
    additionalProperties: false,
  },
}

/** The same runner under the name it had first. */
export const orchestraManifest: RunnerManifest = { ...orquestaManifest, name: 'orchestra' }

import type { RunnerManifest } from '@st2/model'

export const inquirerManifest: RunnerManifest = {
  name: 'inquirer',
  description: 'Asks people for a response and waits for it.',
  enabled: true,
  runner_package: 'inquirer_runner',
  runner_module: 'inquirer_runner',
  runner_parameters: {
    schema: {
      default: {
        title: 'response_data',
        type: 'object',
        properties: {
          continue: {
            type: 'boolean',
            description: 'Would you like to continue the workflow?',
            required: true,
          },
        },
      },
      required: true,
      description: 'Schema that the response must obey.',
      type: 'object',
    },
    route: { default: '', required: false, description: 'Where the question is announced.', type: 'string' },
    roles: { default: [], required: false, description: 'Roles whose members may respond.', type: 'array' },
    users: { default: [], required: false, description: 'Users who may respond.', type: 'array' },
    ttl: {
      default: 1440,
      required: true,
      description: 'Minutes after which an inquiry without a response may time out.',
      type: 'integer',
    },
  },
  output_schema: {},
}

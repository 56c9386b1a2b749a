import type { RunnerManifest } from '@st2/model'

export const actionChainManifest: RunnerManifest = {
  name: 'action-chain',
  description: 'Runs the tasks of an action chain one after the other.',
  enabled: true,
  runner_package: 'action_chain_runner',
  runner_module: 'action_chain_runner',
  runner_parameters: {
    display_published: { default: true, description: 'Show the published variables in the result.', type: 'boolean' },
    skip_notify: { default: [], description: 'Tasks that send no notifications.', type: 'array' },
  },
  output_key: 'published',
  output_schema: {
    type: 'object',
    properties: { published: { type: 'object' }, tasks: { type: 'array' } },
    additionalProperties: false,
  },
}

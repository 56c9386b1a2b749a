import type { RunnerManifest } from '@st2/model'

export const noopManifest: RunnerManifest = {
  name: 'noop',
  description: 'Does nothing and succeeds at once. For tests and for tasks that only route a workflow.',
  enabled: true,
  runner_package: 'noop_runner',
  runner_module: 'noop_runner',
  runner_parameters: {},
  output_schema: {},
}

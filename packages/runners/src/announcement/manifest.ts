import type { RunnerManifest } from '@st2/model'

export const announcementManifest: RunnerManifest = {
  name: 'announcement',
  description: 'Publishes its parameters on the event stream under a route.',
  enabled: true,
  runner_package: 'announcement_runner',
  runner_module: 'announcement_runner',
  runner_parameters: {
    experimental: {
      default: false,
      description: 'Must be true: whoever uses this runner accepts that it may change.',
      required: true,
      type: 'boolean',
    },
    route: {
      default: 'general',
      description: 'Route under which the announcement is published.',
      maxLength: 255,
      minLength: 1,
      type: 'string',
    },
  },
  output_schema: {},
}

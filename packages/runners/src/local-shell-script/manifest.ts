import type { RunnerManifest } from '@st2/model'
import { localShellParameters } from '../local-shell/common-manifest.ts'

export const localShellScriptManifest: RunnerManifest = {
  name: 'local-shell-script',
  description: "Runs the action's script on the machine of the server.",
  enabled: true,
  runner_package: 'local_runner',
  runner_module: 'local_shell_script_runner',
  runner_parameters: {
    debug: {
      description: 'Keep the temporary checkout that content_version makes.',
      type: 'boolean',
      required: false,
      default: false,
    },
    content_version: {
      description: "Revision of the pack's git repository (commit, tag or branch) to take the script from.",
      type: 'string',
      required: false,
    },
    ...localShellParameters,
  },
  output_schema: {},
}

import type { RunnerManifest } from '@st2/model'
import { remoteShellParameters } from '../remote-shell/common-manifest.ts'

export const remoteShellScriptManifest: RunnerManifest = {
  name: 'remote-shell-script',
  description: "Copies the action's script to remote hosts over SSH and runs it there.",
  enabled: false,
  runner_package: 'remote_runner',
  runner_module: 'remote_script_runner',
  runner_parameters: {
    dir: { default: '/tmp', description: 'Directory on the remote host that the script is copied to.', type: 'string' },
    ...remoteShellParameters,
  },
  output_schema: {},
}

import type { RunnerManifest } from '@st2/model'
import { remoteShellParameters } from '../remote-shell/common-manifest.ts'

export const remoteShellCmdManifest: RunnerManifest = {
  name: 'remote-shell-cmd',
  description: 'Runs a shell command on remote hosts over SSH.',
  enabled: false,
  runner_package: 'remote_runner',
  runner_module: 'remote_command_runner',
  runner_parameters: {
    cmd: { description: "The command, as the user's shell reads it.", type: 'string' },
    dir: { default: '/tmp', description: 'Unused by commands.', immutable: true, type: 'string' },
    ...remoteShellParameters,
  },
  output_schema: {},
}

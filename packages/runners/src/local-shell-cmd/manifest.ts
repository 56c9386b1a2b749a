import type { RunnerManifest } from '@st2/model'
import { localShellParameters } from '../local-shell/common-manifest.ts'

export const localShellCmdManifest: RunnerManifest = {
  name: 'local-shell-cmd',
  description: 'Runs a shell command on the machine of the server.',
  enabled: true,
  runner_package: 'local_runner',
  runner_module: 'local_shell_command_runner',
  runner_parameters: {
    cmd: { description: 'The command, as /bin/sh reads it.', type: 'string' },
    ...localShellParameters,
  },
  output_schema: {},
}

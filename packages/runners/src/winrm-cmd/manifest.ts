import type { RunnerManifest } from '@st2/model'
import { winrmParameters } from '../winrm/common-manifest.ts'

export const winrmCmdManifest: RunnerManifest = {
  name: 'winrm-cmd',
  description: 'Runs a command on a Windows host over WinRM.',
  enabled: false,
  runner_package: 'winrm_runner',
  runner_module: 'winrm_command_runner',
  runner_parameters: { cmd: { description: 'The command, as cmd.exe reads it.', type: 'string' }, ...winrmParameters },
  output_schema: {},
}

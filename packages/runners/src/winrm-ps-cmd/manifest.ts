import type { RunnerManifest } from '@st2/model'
import { winrmParameters } from '../winrm/common-manifest.ts'

export const winrmPsCmdManifest: RunnerManifest = {
  name: 'winrm-ps-cmd',
  description: 'Runs a PowerShell command on a Windows host over WinRM.',
  enabled: false,
  runner_package: 'winrm_runner',
  runner_module: 'winrm_ps_command_runner',
  runner_parameters: {
    cmd: { description: 'The command, as PowerShell reads it.', type: 'string' },
    ...winrmParameters,
  },
  output_schema: {},
}

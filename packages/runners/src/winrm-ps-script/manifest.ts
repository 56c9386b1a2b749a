import type { RunnerManifest } from '@st2/model'
import { winrmParameters } from '../winrm/common-manifest.ts'

export const winrmPsScriptManifest: RunnerManifest = {
  name: 'winrm-ps-script',
  description: "Runs the action's PowerShell script on a Windows host over WinRM.",
  enabled: false,
  runner_package: 'winrm_runner',
  runner_module: 'winrm_ps_script_runner',
  runner_parameters: winrmParameters,
  output_schema: {},
}

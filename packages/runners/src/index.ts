/**
 * One folder per runner: `manifest.ts` and, when it has code, `<name>-runner.ts`. A new runner is listed here and,
 * when its place is the host, in `host/load-runner.ts`.
 */
import type { Runner } from '@st2/engine/runner'
import type { RunnerManifest } from '@st2/model'
import { actionChainManifest } from './action-chain/manifest.ts'
import { announcementRunner } from './announcement/announcement-runner.ts'
import { httpRequestRunner } from './http-request/http-request-runner.ts'
import { inquirerRunner } from './inquirer/inquirer-runner.ts'
import { localShellCmdRunner } from './local-shell-cmd/local-shell-cmd-runner.ts'
import { localShellScriptRunner } from './local-shell-script/local-shell-script-runner.ts'
import { noopRunner } from './noop/noop-runner.ts'
import { orchestraManifest, orquestaManifest } from './orquesta/manifest.ts'
import { pythonScriptRunner } from './python-script/python-script-runner.ts'
import { remoteShellCmdManifest } from './remote-shell-cmd/manifest.ts'
import { remoteShellScriptManifest } from './remote-shell-script/manifest.ts'
import { winrmCmdManifest } from './winrm-cmd/manifest.ts'
import { winrmPsCmdManifest } from './winrm-ps-cmd/manifest.ts'
import { winrmPsScriptManifest } from './winrm-ps-script/manifest.ts'

/** The runners that have code. */
export const RUNNERS: readonly Runner[] = [
  noopRunner,
  localShellCmdRunner,
  localShellScriptRunner,
  httpRequestRunner,
  pythonScriptRunner,
  inquirerRunner,
  announcementRunner,
]

/** Every runner type there is, as registration stores it; those without code are not enabled. */
export const MANIFESTS: readonly RunnerManifest[] = [
  ...RUNNERS.map((runner) => runner.manifest),
  actionChainManifest,
  orchestraManifest,
  orquestaManifest,
  remoteShellCmdManifest,
  remoteShellScriptManifest,
  winrmCmdManifest,
  winrmPsCmdManifest,
  winrmPsScriptManifest,
].sort((a, b) => (a.name < b.name ? -1 : 1))

export { type RunningSensorHost, type SensorHostOptions, startSensorHost } from './sensors/sensor-host.ts'

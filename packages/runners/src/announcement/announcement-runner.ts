import type { Runner } from '@st2/engine/runner'
import { announcementManifest } from './manifest.ts'

/** Sends its parameters to everybody who listens to the stream. @source packs-and-runners.md 4.7 */
export const announcementRunner: Runner = {
  manifest: announcementManifest,
  place: 'engine',
  needsToken: false,
  run({ action, runner_parameters, action_parameters }, io) {
    if (runner_parameters['experimental'] !== true) {
      const error = `Experimental flag is missing for action ${action.ref}`
      return Promise.resolve({ status: 'failed', result: { error, traceback: error } })
    }
    if (io.announce === undefined) throw new Error('announcements are made in the process of the engine')
    io.announce(String(runner_parameters['route']), action_parameters)
    return Promise.resolve({ status: 'succeeded', result: { output: action_parameters, ...action_parameters } })
  },
}

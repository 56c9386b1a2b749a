import type { RunOutcome, Runner } from '@st2/engine/runner'
import { noopManifest } from './manifest.ts'

/** Does nothing and succeeds. */
export const noopRunner: Runner = {
  manifest: noopManifest,
  place: 'engine',
  needsToken: false,
  hasNoEffect: true,
  run: () => Promise.resolve(OUTCOME),
}

const OUTCOME: RunOutcome = { status: 'succeeded', result: { failed: false, succeeded: true, return_code: 0 } }

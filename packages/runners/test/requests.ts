import { randomUUID } from 'node:crypto'
import type { RunRequest } from '@st2/engine/runner'

export function makeRequest(runner: string, changes: Partial<RunRequest> = {}): RunRequest {
  return {
    execution_id: randomUUID(),
    liveaction_id: randomUUID(),
    runner,
    action: { ref: 'tests.action', pack: 'tests', name: 'action', parameters: {} },
    entry_point: null,
    pack_path: null,
    runner_parameters: {},
    action_parameters: {},
    user: 'tester',
    env: { ST2_ACTION_PACK_NAME: 'tests' },
    limits: { max_output_size: 1_000_000, kill_grace_ms: 300 },
    system_user: null,
    version: '3.10.0',
    ...changes,
  }
}

export function command(cmd: string, parameters: Record<string, unknown> = {}): RunRequest {
  return makeRequest('local-shell-cmd', { runner_parameters: { cmd, ...parameters } })
}

/** A server reduced to its runner host that runs one Python action, for tests that kill it: prints the pids as one JSON line. */
import { startRunnerHost } from '@st2/runners/host'
import type { RunRequest } from '@st2/engine/runner'

const [dataDir = '', instance = '', text = ''] = process.argv.slice(2)
const ignore = (): void => undefined
const host = await startRunnerHost({ dataDir, instance, epoch: 1, log: { info: ignore, warn: ignore, error: ignore } })
const request: RunRequest = JSON.parse(text)
const output = (type: string, data: string): void => {
  if (type !== 'stdout') return
  const pids = data.match(/\d+/g)?.map(Number) ?? []
  process.stdout.write(`${JSON.stringify({ host: host.pid, execution: request.execution_id, pids })}\n`)
}
await host.run(request, { output }, new AbortController().signal)

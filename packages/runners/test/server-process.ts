/** A server reduced to its runner host, for tests that kill it: runs one command and prints the pids as one JSON line. */
import { startRunnerHost } from '@st2/runners/host'
import { command } from './requests.ts'

const [dataDir = '', instance = '', cmd = ''] = process.argv.slice(2)
const ignore = (): void => undefined
const host = await startRunnerHost({ dataDir, instance, epoch: 1, log: { info: ignore, warn: ignore, error: ignore } })
const request = command(cmd, { timeout: 600 })
const output = (type: string, data: string): void => {
  if (type !== 'stdout') return
  process.stdout.write(
    `${JSON.stringify({ host: host.pid, execution: request.execution_id, pids: data.match(/\d+/g)?.map(Number) ?? [] })}\n`,
  )
}
await host.run(request, { output }, new AbortController().signal)

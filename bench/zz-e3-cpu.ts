import { readdirSync, readFileSync } from 'node:fs'
import { Connection, headerOf } from './support/connection.ts'
import { fullLoad } from './support/load.ts'
import { startServer, temporaryFolder } from './support/server-process.ts'

function threads(pid: number): Map<string, number> {
  const out = new Map<string, number>()
  for (const t of readdirSync(`/proc/${pid}/task`)) {
    try {
    const stat = readFileSync(`/proc/${pid}/task/${t}/stat`, 'utf8')
    const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    out.set(t, (Number(f[11]) + Number(f[12])) * 10)
    } catch { /* gone */ }
  }
  return out
}
using folder = temporaryFolder()
await using server = await startServer(folder.path, [])
const headers = `X-Auth-Token: ${server.token}\r\n`
const request = { method: 'POST', path: '/api/v1/executions', headers, body: '{"action":"core.noop"}', expected: 201 }
await fullLoad(server.url, request, 32, 2)
const before = threads(server.pid)
const t0 = performance.now()
const load = await fullLoad(server.url, request, 64, Number(process.argv[2] ?? 6))
using c = await Connection.open(server.url)
for (;;) {
  const all = await c.ask('GET', '/api/v1/executions?limit=1', headers)
  const done = await c.ask('GET', '/api/v1/executions?status=succeeded&limit=1', headers)
  if (headerOf(all, 'x-total-count') === headerOf(done, 'x-total-count')) break
  await new Promise((r) => setTimeout(r, 20))
}
const seconds = (performance.now() - t0) / 1000
await new Promise((r) => setTimeout(r, 3000))
const after = threads(server.pid)
const per = [...after].map(([t, ms]) => [t, ((ms - (before.get(t) ?? 0)) * 1000) / load.count] as const).filter(([, us]) => us > 3).sort((a, b) => b[1] - a[1])
console.log('count', load.count, 'finished/s', Math.round(load.count / seconds), 'us/exec total', Math.round(per.reduce((s, [, us]) => s + us, 0)), 'threads', per.map(([, us]) => Math.round(us)).join(' '))

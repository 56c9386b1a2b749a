import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { api, faultOf, type ShownExecution } from './support/api.ts'
import { startServer, temporaryFolder } from './support/server.ts'
import { actionProcesses } from './support/processes.ts'
import { until } from './support/until.ts'

const SIZE_MB = 64

/** A file system of its own that is soon full. Only root may mount one. */
function smallDisk(path: string): Disposable {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=0700`, 'tmpfs', path])
  return { [Symbol.dispose]: () => execFileSync('umount', ['--lazy', path]) }
}

describe.runIf(process.getuid?.() === 0)('a full disk', () => {
  it('refuses with a clear text, and once there is room everything accepted ends', async () => {
    using folder = temporaryFolder()
    const disk = join(folder.path, 'disk')
    using _mounted = smallDisk(disk)
    await using server = await startServer({ dataDir: join(disk, 'data') })
    const admin = await api(server)
    const filler = join(disk, 'filler')
    const accepted: string[] = []
    for (let count = 0; count < 20; count++) {
      accepted.push((await admin.run('core.local', { cmd: 'sleep 1; echo done' })).id)
    }
    fillUp(filler)
    const refused = await until('a request is refused', async () => {
      const answer = await admin.ask('POST', '/executions', {
        body: { action: 'core.local', parameters: { cmd: `echo ${'x'.repeat(50_000)}` } },
      })
      if (answer.status === 201) accepted.push((answer.body as ShownExecution).id)
      return answer.status === 201 ? null : answer
    })
    expect([refused.status, faultOf(refused)]).toEqual([503, expect.stringContaining('the disk is full')])
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await admin.ask('GET', '/executions?limit=1')).status).toBe(200)
    // What was running ends meanwhile, and its end cannot be written yet.
    await until('the actions have ended', () => actionProcesses(server.api).length === 0)
    rmSync(filler)
    const after = await until('a request is accepted again', async () => {
      const answer = await admin.ask('POST', '/executions', { body: { action: 'core.noop' } })
      return answer.status === 201 ? (answer.body as ShownExecution).id : null
    })
    const ended = await Promise.all([...accepted, after].map((id) => admin.finished(id, 30_000)))
    const failed = ended.filter(({ status }) => status !== 'succeeded').map(({ result }) => JSON.stringify(result))
    expect(failed.filter((result) => !result.includes('the disk is full'))).toEqual([])
    expect(ended.at(-1)?.status).toBe('succeeded')
  })
})

/** Until not a byte more fits, whatever the server frees meanwhile. */
function fillUp(filler: string): void {
  const file = openSync(filler, 'a')
  const chunk = Buffer.alloc(1024 * 1024)
  try {
    for (let size = chunk.length; size > 0; size = Math.floor(size / 2)) {
      while (writes(file, chunk.subarray(0, size))) continue
    }
  } finally {
    closeSync(file)
  }
}

function writes(file: number, bytes: Uint8Array): boolean {
  try {
    return writeSync(file, bytes) === bytes.length
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { api, type TestApi } from './support/api.ts'
import { startServer, temporaryFolder } from './support/server.ts'
import { until } from './support/until.ts'

const SYNC = /^(?:\[pid\s+\d+\]\s+|\d+\s+)?(?:fsync|fdatasync)\(/gm

/** Counts what the kernel was asked for. Without a scheduler only requests write, and a heartbeat now and then. */
async function underStrace<T>(use: (admin: TestApi, syncs: () => number) => Promise<T>): Promise<T> {
  using folder = temporaryFolder()
  const trace = join(folder.path, 'trace')
  const wrapper = ['strace', '-f', '-e', 'trace=fsync,fdatasync', '-o', trace]
  await using server = await startServer({ wrapper, args: ['--services', 'api,auth,stream'] })
  const admin = await api(server)
  await admin.run('core.noop')
  const syncs = () => (readFileSync(trace, 'utf8').match(SYNC) ?? []).length
  await quiet(syncs)
  return await use(admin, syncs)
}

/** Nothing is written for a while. */
async function quiet(syncs: () => number): Promise<void> {
  let last = -1
  let since = performance.now()
  await until('nothing is written any more', () => {
    const now = syncs()
    if (now !== last) [last, since] = [now, performance.now()]
    return performance.now() - since > 300
  })
}

describe('an accepted execution is on the disk', () => {
  it('20 requests, one after the other, are each synced before they are answered', async () => {
    await underStrace(async (admin, syncs) => {
      for (let count = 0; count < 20; count++) {
        const before = syncs()
        await admin.run('core.noop')
        expect(syncs()).toBeGreaterThan(before)
      }
    })
  })

  it('64 requests at once share their syncs', async () => {
    await underStrace(async (admin, syncs) => {
      const before = syncs()
      const accepted = await Promise.all(Array.from({ length: 64 }, () => admin.run('core.noop')))
      expect(new Set(accepted.map(({ id }) => id)).size).toBe(64)
      await quiet(syncs)
      expect(syncs() - before).toBeGreaterThan(0)
      expect(syncs() - before).toBeLessThan(64)
    })
  })
})

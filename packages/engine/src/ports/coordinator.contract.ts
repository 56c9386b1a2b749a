import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually, type Opened } from './contract.ts'
import type { Coordinator } from './coordinator.ts'
import { aborted } from './wait.ts'

const TTL_MS = 10_000
const CONTENDERS = 64

/** The coordinator, and how to let a lease of `ttlMs` run out: by waiting, or by a clock that is moved. */
export type OpenedCoordinator = Opened<Coordinator> & { pass(ms: number): Promise<void> }

/** What every coordinator promises. Names are the suite's own; each test has a new coordinator. */
export function coordinatorContract(adapter: string, open: () => Promise<OpenedCoordinator>, shortTtlMs = 50): void {
  describe(`${adapter}: Coordinator`, () => {
    let opened: OpenedCoordinator
    let coordinator: Coordinator
    let name: string
    let tests = 0
    beforeEach(async () => {
      opened = await open()
      coordinator = opened.port
      name = `contract.${tests++}.${process.pid}`
    })
    afterEach(async () => {
      await opened[Symbol.asyncDispose]()
    })

    it('gives a lease to exactly one of many contenders', async () => {
      const leases = await Promise.all(Array.from({ length: CONTENDERS }, () => coordinator.tryLease(name, TTL_MS)))
      expect(leases.filter((lease) => lease !== null)).toHaveLength(1)
      expect(await coordinator.tryLease(`${name}.other`, TTL_MS)).not.toBeNull()
    })

    it('gives a released lease to the next, with a higher fence', async () => {
      let fence = -Infinity
      for (let holder = 0; holder < 5; holder++) {
        const lease = await held(coordinator, name, TTL_MS)
        expect(lease.fence).toBeGreaterThan(fence)
        fence = lease.fence
        await lease.release()
        expect(lease.lost.aborted).toBe(false)
      }
    })

    it('takes a lease away when its time is over, and tells the holder', async () => {
      const first = await held(coordinator, name, shortTtlMs)
      expect(await coordinator.tryLease(name, shortTtlMs)).toBeNull()
      await opened.pass(shortTtlMs * 2)
      await eventually('the holder is told', () => first.lost.aborted)
      const second = await held(coordinator, name, TTL_MS)
      expect(second.fence).toBeGreaterThan(first.fence)
    })

    it('lets a holder that was away too long release nothing', async () => {
      const first = await held(coordinator, name, shortTtlMs)
      await opened.pass(shortTtlMs * 2)
      await eventually('the holder is told', () => first.lost.aborted)
      const second = await held(coordinator, name, TTL_MS)
      await first.release()
      expect(await coordinator.tryLease(name, TTL_MS)).toBeNull()
      expect(second.lost.aborted).toBe(false)
    })

    it('knows the members of each group until they leave', async () => {
      const one = await coordinator.join(name, { id: 'host_1', capabilities: { services: ['api'] } })
      const two = await coordinator.join(name, { id: 'host_2', capabilities: {} })
      await coordinator.join(`${name}.other`, { id: 'host_1', capabilities: {} })
      const members = await coordinator.members(name)
      expect(members.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
        { id: 'host_1', capabilities: { services: ['api'] } },
        { id: 'host_2', capabilities: {} },
      ])
      expect(await coordinator.groups()).toEqual(expect.arrayContaining([name, `${name}.other`]))
      await one.leave()
      expect((await coordinator.members(name)).map(({ id }) => id)).toEqual(['host_2'])
      await two.leave()
      expect(await coordinator.members(name)).toEqual([])
      expect(await coordinator.groups()).not.toContain(name)
    })

    it('takes a member that joins again as one, and lets the earlier membership leave nothing', async () => {
      const earlier = await coordinator.join(name, { id: 'host_1', capabilities: { epoch: 1 } })
      await coordinator.join(name, { id: 'host_1', capabilities: { epoch: 2 } })
      await earlier.leave()
      expect(await coordinator.members(name)).toEqual([{ id: 'host_1', capabilities: { epoch: 2 } }])
    })

    it('lets one candidate lead, and hands over when it leaves', async () => {
      const leading = new Set<number>()
      const everLed: number[] = []
      let most = 0
      const lead = (who: number) => async (signal: AbortSignal) => {
        leading.add(who)
        everLed.push(who)
        most = Math.max(most, leading.size)
        await aborted(signal)
        leading.delete(who)
      }
      const memberships = [
        await coordinator.elect(name, lead(0)),
        await coordinator.elect(name, lead(1)),
        await coordinator.elect(name, lead(2)),
      ]
      for (let left = 0; left < 3; left++) {
        await eventually('somebody leads', () => leading.size === 1)
        const [leader] = leading
        await memberships[leader ?? 0]?.leave()
        expect(leading.has(leader ?? 0)).toBe(false)
      }
      expect(most).toBe(1)
      expect(new Set(everLed)).toEqual(new Set([0, 1, 2]))
      expect(everLed).toHaveLength(3)
    })

    it("begins a leader's work again after it failed", async () => {
      let begun = 0
      const membership = await coordinator.elect(name, async (signal) => {
        begun += 1
        if (begun === 1) throw new Error('stumbled')
        await aborted(signal)
      })
      await eventually('it began', () => begun === 1)
      await eventually('it began again', async () => {
        await opened.pass(1_000)
        return begun === 2
      })
      await membership.leave()
      expect(begun).toBe(2)
    })

    it('lets a candidate leave that never led', async () => {
      let led = ''
      const first = await coordinator.elect(name, async (signal) => {
        led += 'first '
        await aborted(signal)
      })
      const second = await coordinator.elect(name, async (signal) => {
        led += 'second '
        await aborted(signal)
      })
      await eventually('the first leads', () => led !== '')
      await second.leave()
      await first.leave()
      expect(led).toBe('first ')
    })

    it('ends all it holds when it is closed', async () => {
      const lease = await held(coordinator, name, TTL_MS)
      let isStopped = false
      await coordinator.elect(name, async (signal) => {
        await aborted(signal)
        isStopped = true
      })
      await coordinator.close()
      expect(isStopped).toBe(true)
      expect(lease.lost.aborted).toBe(true)
      await expect(coordinator.tryLease(name, TTL_MS)).rejects.toMatchObject({ kind: 'unavailable' })
    })
  })
}

async function held(coordinator: Coordinator, name: string, ttlMs: number) {
  const lease = await coordinator.tryLease(name, ttlMs)
  if (lease === null) throw new Error(`the lease ${name} is taken`)
  return lease
}

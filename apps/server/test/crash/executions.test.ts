import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LOAD_MS, lossesOf, notFinal, POOL, Scene } from '../support/load-scene.ts'
import { seededRandom } from '../support/random.ts'
import { until } from '../support/until.ts'

describe('kill -9 of the server and its runner host, under load', () => {
  it.each([1, 2, 3, 4, 5, 6])('loses nothing and runs nothing twice (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    using scene = new Scene()
    {
      await using first = await scene.start()
      await scene.startSleeper(first)
      const load = scene.load(first)
      await waitABit(random)
      await first.kill()
      await load
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(lossesOf(scene, ended)).toEqual([])
    expect(ended.filter(({ status }) => status === 'abandoned').length).toBeLessThanOrEqual(POOL)
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(await notFinal(scene.apiOf(second))).toEqual([])
  })

  it('again and again on one data folder', async () => {
    const random = seededRandom(42)
    using scene = new Scene()
    for (let round = 0; round < 4; round++) {
      await using server = await scene.start()
      const load = scene.load(server)
      await waitABit(random)
      await server.kill()
      await load
    }
    await using last = await scene.start()
    expect(lossesOf(scene, await scene.ended(last))).toEqual([])
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(await notFinal(scene.apiOf(last))).toEqual([])
  })

  it('runs again what was running, when it is told to', async () => {
    using scene = new Scene('rerun')
    {
      await using first = await scene.start()
      const load = scene.load(first)
      await until('some have ended and some run', () => scene.marks().length > 0)
      await first.kill()
      await load
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
    const marks = scene.marks()
    for (const { id, log } of ended) {
      const times = marks.filter((mark) => mark === id).length
      expect(times).toBeGreaterThanOrEqual(1)
      expect(times).toBeLessThanOrEqual(log.filter(({ status }) => status === 'running').length)
    }
    await until('no process of an action is left', () => scene.processes().length === 0)
  })
})

function waitABit(random: () => number): Promise<void> {
  return delay(Math.round(random() * LOAD_MS))
}

import { describe, expect, it } from 'vitest'
import { COUNT, lossesOf, notFinal, Scene } from '../support/load-scene.ts'
import { signal } from '../support/server.ts'
import { until } from '../support/until.ts'

describe('the end of the runner host alone', () => {
  it('ends what ran in it, and the server goes on with a new one', async () => {
    using scene = new Scene()
    await using server = await scene.start()
    await scene.startSleeper(server)
    const load = scene.load(server)
    await until('some run', () => scene.processes().length > 3)
    const host = server.hostPid
    expect(host).not.toBeNull()
    if (host !== null) signal(host, 'SIGKILL')
    await load
    const ended = await scene.ended(server)
    expect(ended).toHaveLength(COUNT + 1)
    expect(lossesOf(scene, ended)).toEqual([])
    const statuses = new Set(ended.map(({ status }) => status))
    expect(statuses).toEqual(new Set(['succeeded', 'abandoned']))
    await until('no process of an action is left', () => scene.processes().length === 0)
    expect(server.hostPid).not.toBe(host)
  })
})

describe('SIGTERM under load', () => {
  it('stops in an orderly way, and the next start does the rest', async () => {
    using scene = new Scene()
    {
      await using first = await scene.start()
      const load = scene.load(first)
      await until('some run', () => scene.processes().length > 0)
      expect(await first.stop()).toBe(0)
      await load
      expect(scene.processes()).toEqual([])
    }
    await using second = await scene.start()
    const ended = await scene.ended(second)
    expect(lossesOf(scene, ended)).toEqual([])
    // What ran had time to end.
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
    expect(await notFinal(scene.apiOf(second))).toEqual([])
  })

  it('gives up what does not end in time, with the reason, and kills it', async () => {
    using scene = new Scene()
    let id: string
    {
      await using first = await scene.start()
      const admin = scene.apiOf(first)
      id = (await admin.run('core.local', { cmd: 'trap "" TERM; sleep 600; sleep 600' })).id
      scene.accepted.push(id)
      await until('it runs', () => scene.processes().length > 0)
      expect(await first.stop()).toBe(0)
      expect(scene.processes()).toEqual([])
    }
    await using second = await scene.start()
    const execution = await scene.apiOf(second).execution(id)
    expect(execution).toMatchObject({ status: 'abandoned', result: { reason: 'shutdown' } })
  })
})

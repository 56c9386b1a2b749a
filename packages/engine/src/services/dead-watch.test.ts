import type { Incarnation } from '@st2/model'
import { expect, it } from 'vitest'
import { DEAD_AFTER_MS, DeadWatch } from './dead-watch.ts'

const OWN = { instance: 'me', epoch: 3 }

function incarnation(instance: string, epoch: number, heartbeat_at = 0): Incarnation {
  const id = `${instance}:${epoch}`
  return { id, instance, epoch, heartbeat_at, hostname: 'h', pid: 1, boot_id: 'b', started_at: 0 }
}

const idsOf = (incarnations: readonly Incarnation[]) => incarnations.map(({ id }) => id)

it('takes everybody else for dead where it is alone', () => {
  expect(idsOf(new DeadWatch(OWN, true).deadAmong([incarnation('other', 1)], 0))).toEqual(['other:1'])
})

it('knows its predecessor to be dead, and nobody else at first', () => {
  const watch = new DeadWatch(OWN, false)
  const others = [incarnation('me', 2), incarnation('other', 9), incarnation('me', 4)]
  expect(idsOf(watch.deadAmong(others, 1_000_000))).toEqual(['me:2'])
})

it('takes a process for dead whose heartbeat does not change, whatever time it names', () => {
  const watch = new DeadWatch(OWN, false)
  const inTheFuture = 99_999_999_999_999
  expect(watch.deadAmong([incarnation('other', 1, inTheFuture)], 0)).toEqual([])
  expect(watch.deadAmong([incarnation('other', 1, inTheFuture)], DEAD_AFTER_MS - 1)).toEqual([])
  expect(idsOf(watch.deadAmong([incarnation('other', 1, inTheFuture)], DEAD_AFTER_MS))).toEqual(['other:1'])
})

it('waits anew after each heartbeat', () => {
  const watch = new DeadWatch(OWN, false)
  watch.deadAmong([incarnation('other', 1, 1)], 0)
  watch.deadAmong([incarnation('other', 1, 2)], DEAD_AFTER_MS - 1)
  expect(watch.deadAmong([incarnation('other', 1, 2)], DEAD_AFTER_MS + 1)).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { InProcessCoordinator } from '../adapters/in-process/coordinator.ts'
import { systemClock } from '../adapters/system/clock.ts'
import type { Coordinator } from '../ports/coordinator.ts'
import type { Log } from '../ports/log.ts'
import { EngineRollCall } from './engine-roll-call.ts'

const clock = systemClock()
const log: Log = { debug() {}, info() {}, warn() {}, error() {} }

function engine(coordinator: Coordinator, memberId: string): { leave(): Promise<'last' | 'not last'> } {
  const rollCall = new EngineRollCall({ coordinator, clock, log, memberId })
  return {
    async leave() {
      let isLast = false
      await rollCall.leave(async () => {
        isLast = true
      })
      return isLast ? 'last' : 'not last'
    },
  }
}

async function threeEngines(coordinator: Coordinator): Promise<ReturnType<typeof engine>[]> {
  const engines = ['a', 'b', 'c'].map((id) => engine(coordinator, id))
  while ((await coordinator.members('workflow_engine')).length < 3) await new Promise(setImmediate)
  return engines
}

describe('workflow engines that stop', () => {
  it('know which of them is the last', async () => {
    const coordinator = new InProcessCoordinator({ clock, log })
    const engines = await threeEngines(coordinator)
    const left = []
    for (const one of engines) left.push(await one.leave())
    expect(left).toEqual(['not last', 'not last', 'last'])
  })

  it('do so one at a time, also when they are told at once', async () => {
    const coordinator = new InProcessCoordinator({ clock, log })
    const engines = await threeEngines(coordinator)
    expect((await Promise.all(engines.map((one) => one.leave()))).toSorted()).toEqual(['last', 'not last', 'not last'])
  })

  it('stop all the same where nobody can tell', async () => {
    const away = new InProcessCoordinator({ clock, log })
    away.tryLease = () => Promise.reject(new Error('no coordinator'))
    expect(await engine(away, 'a').leave()).toBe('not last')
  })
})

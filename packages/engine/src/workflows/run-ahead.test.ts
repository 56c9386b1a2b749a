import type { ExecutionDocument } from '@st2/model'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import type { Decided, Occurrence } from './decisions.ts'
import type { StartEffect } from './journal-rows.ts'
import { runAhead } from './run-ahead.ts'

function start(id: string): StartEffect {
  return { type: 'start', id, task: id, route: 0, run: 0, item: null, action: 'a.b', input: null, delay: null }
}

/** A chain of tasks, each of which leads to the next. */
class Chain {
  readonly unstored: Decided[] = []
  readonly #tasks: readonly string[]

  constructor(...tasks: readonly string[]) {
    this.#tasks = tasks
    this.#add({ type: 'begin' }, tasks[0])
  }

  decide(occurrence: Occurrence): Promise<'decided'> {
    const id = occurrence.type === 'action' ? occurrence.id : ''
    this.#add(occurrence, this.#tasks[this.#tasks.indexOf(id) + 1])
    return Promise.resolve('decided')
  }

  #add(occurrence: Occurrence, next: string | undefined): void {
    const effects = next === undefined ? [] : [start(next)]
    const entry = {
      seq: this.unstored.length,
      event: { type: 'begin' as const },
      answers: [],
      effects,
    } satisfies Decided['entry']
    this.unstored.push({ occurrence, entry, row: {} as Decided['row'] })
  }
}

/** Those whose name begins with `do` have an effect; `no` is refused. */
const children = {
  hasNoEffect: ({ id }: StartEffect) => Promise.resolve(!id.startsWith('do')),
  prepare: (one: StartEffect) =>
    Promise.resolve(
      one.id === 'no'
        ? { start: one, message: 'refused' }
        : { start: one, isOver: true, document: { status: 'succeeded' } as ExecutionDocument },
    ),
}

/** Each look at it takes so many ms. */
function clock(msEach: number): Clock {
  let now = 0
  return { monotonic: () => (now += msEach) } as Clock
}

async function ran(chain: Chain, { msEach = 0, maxRows = 100 } = {}): Promise<string[]> {
  const all = await runAhead(chain, children, { clock: clock(msEach), maxRows })
  return all.map((child) => child.start.id)
}

describe('what runs before its start is stored', () => {
  it('is what has no effect, up to the first that has one', async () => {
    const chain = new Chain('a', 'b', 'c', 'do it', 'd')
    expect(await ran(chain)).toEqual(['a', 'b', 'c'])
    expect(chain.unstored.at(-1)?.entry.effects).toEqual([start('do it')])
  })

  it('is nothing that is refused: that is told in its turn', async () => {
    expect(await ran(new Chain('a', 'no', 'b'))).toEqual(['a'])
  })

  it('is no more than one write takes', async () => {
    const chain = new Chain('a', 'b', 'c', 'd')
    expect(await ran(chain, { maxRows: 3 })).toEqual(['a', 'b'])
    expect(chain.unstored).toHaveLength(3)
  })

  it('is what can be done in a few milliseconds', async () => {
    expect(await ran(new Chain('a', 'b', 'c', 'd', 'e', 'f', 'g'), { msEach: 4 })).toEqual(['a', 'b'])
  })
})

import { describe, expect, it } from 'vitest'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { TaskLinks } from './task-links.ts'

function linksOf(tasks: Record<string, string[]>): TaskLinks {
  const written = Object.entries(tasks).map(([name, to]) => [
    name,
    { action: 'core.noop', next: to.map((each) => ({ do: each })) },
  ])
  return new TaskLinks(loadWorkflow({ tasks: Object.fromEntries(written) }))
}

describe('TaskLinks', () => {
  it('starts with what nothing leads to, by name', () => {
    expect(linksOf({ b: ['c'], a: ['c'], c: [] }).starts).toEqual(['a', 'b'])
  })

  it('knows which tasks can come back to themselves', () => {
    const links = linksOf({
      in: ['a'],
      a: ['b'],
      b: ['c', 'out'],
      c: ['a'],
      out: ['self'],
      self: ['self'],
      end: ['gone'],
    })
    const cyclic = ['in', 'a', 'b', 'c', 'out', 'self', 'end', 'gone'].filter((name) => links.isInCycle(name))
    expect(cyclic).toEqual(['a', 'b', 'c', 'self'])
  })

  it('takes a task that two transitions lead to for a split unless it joins', () => {
    const links = linksOf({ a: ['c', 'c'], b: ['d'], c: [], d: [] })
    expect(links.isSplit('c')).toBe(true)
    expect(links.isSplit('d')).toBe(false)
  })

  it('lets nothing follow a task that is called like a command', () => {
    const links = linksOf({ a: ['fail'], fail: ['b'], b: [] })
    expect(links.next('fail')).toEqual([])
    expect(links.starts).toEqual(['a', 'b'])
  })

  it('follows a chain of ten thousand tasks', () => {
    const chain = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`t${at}`, [`t${at + 1}`]]))
    expect(linksOf({ ...chain, t10000: ['t0'] }).isInCycle('t5000')).toBe(true)
  })
})

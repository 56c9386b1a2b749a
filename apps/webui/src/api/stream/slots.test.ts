import { describe, expect, it } from 'vitest'
import { createSlots } from './slots.ts'

const never = new AbortController().signal
const silent = () => undefined

describe('slots', () => {
  it('are given in the order they were asked for, and the next when one comes back', async () => {
    const slots = createSlots(1)
    const got: string[] = []
    const first = await slots.take(never, () => got.push('first waits'))
    const second = slots.take(never, () => got.push('second waits')).then((free) => (got.push('second'), free))
    const third = slots.take(never, () => got.push('third waits')).then((free) => (got.push('third'), free))
    expect(got).toEqual(['second waits', 'third waits'])
    first?.()
    const free = await second
    expect(got).toEqual(['second waits', 'third waits', 'second'])
    free?.()
    await third
    expect(got.at(-1)).toBe('third')
  })

  it('pass over those who left while they waited', async () => {
    const slots = createSlots(1)
    const first = await slots.take(never, silent)
    const impatient = new AbortController()
    const left = slots.take(impatient.signal, silent)
    const patient = slots.take(never, silent)
    impatient.abort()
    expect(await left).toBeNull()
    first?.()
    expect(await patient).not.toBeNull()
    expect(await slots.take(impatient.signal, silent)).toBeNull()
  })
})

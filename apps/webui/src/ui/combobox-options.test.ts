import { describe, expect, it } from 'vitest'
import { MAX_OPTIONS, matchingOptions } from './combobox-options.ts'

const options = [
  { value: 'core.local', detail: 'Runs a command on this host' },
  { value: 'core.remote', detail: 'Runs a command on other hosts' },
  { value: 'linux.local_disk', detail: 'Free space' },
  { value: 'local.thing' },
]
const values = (typed: string) => matchingOptions(options, typed).map(({ value }) => value)

describe('options of a combobox', () => {
  it('are all of them while nothing is typed, in their order', () => {
    expect(values('  ')).toEqual(['core.local', 'core.remote', 'linux.local_disk', 'local.thing'])
  })

  it('hold every word somewhere; those that begin as typed come first, then those that contain it', () => {
    expect(values('local')).toEqual(['local.thing', 'core.local', 'linux.local_disk'])
    expect(values('COMMAND other')).toEqual(['core.remote'])
    expect(values('command local nowhere')).toEqual([])
  })

  it('are no more than fit', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ value: `pack.action_${index}` }))
    expect(matchingOptions(many, 'action')).toHaveLength(MAX_OPTIONS)
  })
})

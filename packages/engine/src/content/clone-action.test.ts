import type { Action } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { clonedDefinition } from './clone-action.ts'
import { dataFilesOf } from './data-files.ts'
import { refuseCorePack, refuseSystemPack } from './system-packs.ts'

const SOURCE: Action = {
  id: '5f0000000000000000000000',
  ref: 'demo.greet',
  uid: 'action:demo:greet',
  name: 'greet',
  pack: 'demo',
  description: 'greets',
  enabled: false,
  runner_type: 'python-script',
  entry_point: 'deep/greet.py',
  parameters: { who: { type: 'string' } },
  output_schema: {},
  tags: [],
  notify: {},
  metadata_file: 'actions/greet.meta.yaml',
}
const DESTINATION = { dest_pack: 'other', dest_action: 'say' }

describe('a clone', () => {
  it('is the same action under another name, with files of its own', () => {
    expect(clonedDefinition(SOURCE, DESTINATION)).toEqual({
      ref: 'other.say',
      uid: 'action:other:say',
      name: 'say',
      pack: 'other',
      description: 'greets',
      enabled: false,
      runner_type: 'python-script',
      entry_point: 'say.py',
      parameters: { who: { type: 'string' } },
      output_schema: {},
      tags: [],
      notify: {},
      metadata_file: 'actions/say.yaml',
    })
  })

  it.each([
    ['local-shell-cmd', '', ''],
    ['local-shell-script', 'run', 'say'],
    ['local-shell-script', 'a.tar.gz', 'say.gz'],
    ['orquesta', 'workflows/flow.yml', 'workflows/say.yaml'],
    ['action-chain', 'chains/chain.yaml', 'workflows/say.yaml'],
  ])('of a %s with the entry point "%s" has "%s"', (runner_type, entry_point, expected) => {
    expect(clonedDefinition({ ...SOURCE, runner_type, entry_point }, DESTINATION).entry_point).toBe(expected)
  })
})

describe('system packs', () => {
  it.each(['core', 'packs', 'linux', 'chatops'])('take no clone: %s', (pack) => {
    expect(() => refuseSystemPack(pack)).toThrow("Resources belonging to system level packs can't be manipulated")
  })

  it('may be edited, the core pack excepted', () => {
    expect(() => refuseCorePack('core')).toThrow("Resources belonging to system level packs can't be manipulated")
    expect(() => refuseCorePack('packs')).not.toThrow()
    expect(() => refuseSystemPack('default')).not.toThrow()
  })
})

describe('the files that a request brings', () => {
  it('are none where none are named', () => {
    expect(dataFilesOf(undefined)).toEqual([])
  })

  it('have a name each', () => {
    const file = { file_path: 'a.sh', content: '' }
    expect(dataFilesOf([file])).toEqual([{ path: 'a.sh', content: '' }])
    expect(() => dataFilesOf([file, file])).toThrow('data_files holds "a.sh" more than once')
  })
})

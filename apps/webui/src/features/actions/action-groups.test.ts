import type { Action } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { groupActions } from './action-groups.ts'

const action = (ref: string, description: string): Action => {
  const [pack = '', name = ''] = ref.split('.')
  return { ref, pack, name, description, runner_type: 'noop' } as Action
}
const actions = [
  action('linux.vmstat', 'Memory figures'),
  action('core.local', 'Runs a command'),
  action('core.echo', 'Says it again'),
]

describe('groupActions', () => {
  it('sorts packs and the actions in them', () => {
    expect(
      groupActions(actions, '').map(({ pack, actions: members }) => [pack, members.map(({ name }) => name)]),
    ).toEqual([
      ['core', ['echo', 'local']],
      ['linux', ['vmstat']],
    ])
  })

  it('finds by reference and by description, in any case and order', () => {
    expect(groupActions(actions, 'COMMAND core')).toMatchObject([{ pack: 'core', actions: [{ name: 'local' }] }])
    expect(groupActions(actions, 'figures')).toMatchObject([{ pack: 'linux' }])
    expect(groupActions(actions, 'nothing like it')).toEqual([])
  })
})

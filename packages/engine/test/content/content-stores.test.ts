import { expect, it } from 'vitest'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { openContentStores } from '../../src/content/content-stores.ts'
import { ContentKit, PACK_YAML } from './content-kit.ts'

const action = (name: string, more = '') => ({
  [`packs/demo/actions/${name}.yaml`]: `name: ${name}\nrunner_type: noop\n${more}`,
})

async function withActions(): Promise<ContentKit> {
  const kit = await ContentKit.open()
  kit.write({
    'packs/demo/pack.yaml': PACK_YAML,
    ...action('one', 'tags: [{name: blue, value: x}]\n'),
    ...action('two'),
  })
  await kit.register()
  return kit
}

it('answers the same frozen action until it changes, by ref and by id', async () => {
  await using kit = await withActions()
  const { actions } = kit.stores
  const first = await actions.findByRef('demo.one')
  if (first === null) throw new Error('not registered')
  expect(await actions.findByRef('demo.one')).toBe(first)
  expect(Object.isFrozen(first.tags)).toBe(true)
  expect(await actions.findByRefOrId(first.id)).toEqual(first)
  expect(await actions.findByRefOrId('demo.nope')).toBeNull()
  await actions.save({ ...first, enabled: false })
  expect((await actions.findByRef('demo.one'))?.enabled).toBe(false)
  expect((await actions.findById(first.id))?.enabled).toBe(false)
})

it('notices what another process changes', async () => {
  await using kit = await withActions()
  const { store, bus } = kit
  const other = await openContentStores({ store, bus, ids: systemIds(), sealer: kit.sealer })
  const seen = await other.actions.findByRef('demo.one')
  if (seen === null) throw new Error('not registered')
  await other.runnerTypes.findByName('noop')
  await kit.stores.actions.save({ ...seen, enabled: false })
  await kit.stores.runnerTypes.setEnabled('noop', false)
  expect((await other.actions.findByRef('demo.one'))?.enabled).toBe(false)
  expect((await other.runnerTypes.findByName('noop'))?.enabled).toBe(false)
  await other.subscription.stop()
})

it('lists by every filter, with the total of what fits', async () => {
  await using kit = await withActions()
  const { actions } = kit.stores
  const refs = async (...query: Parameters<typeof actions.list>) => {
    const { rows, total } = await actions.list(...query)
    return [rows.map(({ name }) => name), total]
  }
  expect(await refs({ filter: { pack: 'demo' }, limit: 1 })).toEqual([['one'], 2])
  expect(await refs({ filter: { pack: 'demo' }, offset: 1 })).toEqual([['two'], 2])
  expect(await refs({ filter: { name: ['two', 'three'] } })).toEqual([['two'], 1])
  expect(await refs({ filter: { tag: 'blue' } })).toEqual([['one'], 1])
  expect(await refs({ filter: { runner_type: 'python-script' } })).toEqual([[], 0])
})

it('refuses a second action of the same ref and names the first', async () => {
  await using kit = await withActions()
  const first = await kit.stores.actions.findByRef('demo.one')
  if (first === null) throw new Error('not registered')
  await expect(kit.stores.actions.create({ ...first, id: systemIds().next() })).rejects.toMatchObject({
    kind: 'conflict',
    conflictId: first.id,
  })
})

it('forgets an action that was removed', async () => {
  await using kit = await withActions()
  const first = await kit.stores.actions.findByRef('demo.one')
  await kit.stores.actions.remove(first?.id ?? '')
  expect(await kit.stores.actions.findByRef('demo.one')).toBeNull()
})

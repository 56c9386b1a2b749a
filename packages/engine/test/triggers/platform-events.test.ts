import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TriggerInstance } from '@st2/model'
import { expect, it } from 'vitest'
import { createAction } from '../../src/content/create-action.ts'
import { removeKey, setKey } from '../../src/datastore/key-values.ts'
import type { Engine } from '../../src/engine-parts.ts'
import { ANN, startTestEngine } from '../support/test-engine.ts'

const SYSTEM = { scope: undefined, user: undefined }

async function emitted(engine: Engine, prefix: string): Promise<Pick<TriggerInstance, 'trigger' | 'payload'>[]> {
  const instances = await engine.triggerInstances.find({
    filter: [{ field: 'trigger', op: 'prefix', value: prefix }],
    order: [{ field: 'id', direction: 'asc' }],
  })
  return instances.map(({ trigger, payload }) => ({ trigger, payload }))
}

const keyEvents = (engine: Engine) => emitted(engine, 'core.st2.key_value_pair.')

it('rules hear of every datastore item that is made, set, changed or removed', async () => {
  await using kit = await startTestEngine()
  const deps = kit.engine.keyValueDeps
  const set = (value: string) => setKey(deps, ANN, 'k', SYSTEM, { name: 'k', value, secret: false, encrypted: false })
  const { item } = await set('1')
  await set('1')
  await set('2')
  await removeKey(deps, ANN, 'k', SYSTEM)
  const object = (value: string) => ({
    id: item.id,
    uid: 'key_value_pair:st2kv.system:k',
    scope: 'st2kv.system',
    name: 'k',
    value,
    secret: false,
    encrypted: false,
  })
  expect(await keyEvents(kit.engine)).toEqual([
    { trigger: 'core.st2.key_value_pair.create', payload: { object: object('1') } },
    { trigger: 'core.st2.key_value_pair.update', payload: { object: object('1') } },
    { trigger: 'core.st2.key_value_pair.update', payload: { object: object('2') } },
    {
      trigger: 'core.st2.key_value_pair.value_change',
      payload: { old_object: object('1'), new_object: object('2') },
    },
    { trigger: 'core.st2.key_value_pair.delete', payload: { object: object('2') } },
  ])
})

it('a secret value is masked, and the same secret is no change', async () => {
  await using kit = await startTestEngine()
  const deps = kit.engine.keyValueDeps
  const set = (value: string) =>
    setKey(deps, ANN, 'pw', { scope: 'user', user: undefined }, { name: 'pw', value, secret: true, encrypted: false })
  await set('hunter2')
  await set('hunter2')
  await set('hunter3')
  const events = await keyEvents(kit.engine)
  expect(events.map(({ trigger }) => trigger.split('.').at(-1))).toEqual(['create', 'update', 'update', 'value_change'])
  expect(events[0]?.payload['object']).toMatchObject({
    scope: 'st2kv.user',
    user: 'ann',
    name: 'pw',
    value: '********',
    secret: true,
    encrypted: true,
  })
  expect(JSON.stringify(events)).not.toContain('hunter')
})

it('rules hear of files that are written for an action', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'events-'))
  await mkdir(join(folder, 'packs', 'mine', 'actions'), { recursive: true })
  await writeFile(
    join(folder, 'packs', 'mine', 'pack.yaml'),
    'ref: mine\nname: mine\nversion: 1.0.0\nauthor: a\nemail: a@b.c\n',
  )
  {
    await using kit = await startTestEngine({ folder })
    await createAction(kit.engine.contentEditDeps, ANN, {
      name: 'act',
      pack: 'mine',
      runner_type: 'gated',
      entry_point: 'act.sh',
      data_files: [{ file_path: 'act.sh', content: 'true\n' }],
    })
    expect(await emitted(kit.engine, 'core.st2.action.')).toEqual([
      {
        trigger: 'core.st2.action.file_written',
        payload: {
          ref: 'mine.act',
          file_path: join(folder, 'packs', 'mine', 'actions', 'act.sh'),
          host_info: { hostname: hostname() },
        },
      },
    ])
  }
  await rm(folder, { recursive: true })
})

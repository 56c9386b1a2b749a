import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ParameterSchemas } from '@st2/model'
import { expect, it } from 'vitest'
import { ContentKit, SHIPPED_PACKS } from './content-kit.ts'

interface CoreAction {
  readonly runner_type: string
  readonly entry_point: string
  readonly parameters: ParameterSchemas
  readonly recorded?: Readonly<Record<string, unknown>>
}

const coreActions: Readonly<Record<string, CoreAction>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../src/content/conformance/core-actions.json'), 'utf8'),
)

it('registers the shipped packs without a problem, and every entry point is there', async () => {
  await using kit = await ContentKit.open({ extraPacks: [SHIPPED_PACKS] })
  const report = await kit.register()
  expect(report.problems).toEqual([])
  expect(report.missing).toEqual([])
  const { rows } = await kit.stores.actions.list()
  expect(report.counts.actions).toBe(rows.length)
  for (const action of rows) {
    const { packPath, entryPoint } = await kit.packFiles.locate(action.pack, action.entry_point)
    expect(packPath).toBe(join(SHIPPED_PACKS, action.pack))
    if (action.entry_point === '') continue
    const stats = await stat(entryPoint ?? '')
    if (action.runner_type === 'local-shell-script') expect(stats.mode & 0o111, action.ref).not.toBe(0)
  }
})

it('registers the actions of core as upstream has them, descriptions aside', async () => {
  await using kit = await ContentKit.open({ extraPacks: [SHIPPED_PACKS] })
  await kit.register({ packs: ['core'] })
  const { rows } = await kit.stores.actions.list({ filter: { pack: 'core' } })
  expect(rows.map(({ ref }) => ref)).toEqual(Object.keys(coreActions).sort())
  for (const action of rows) {
    const { recorded, ...expected } = coreActions[action.ref] ?? { parameters: {} }
    expect(withoutDescriptions(action.parameters), action.ref).toEqual(expected.parameters)
    expect(action).toMatchObject({ enabled: true, uid: `action:core:${action.name}`, ...recorded })
    expect(action.entry_point).toBe(coreActions[action.ref]?.entry_point)
    expect(action.runner_type).toBe(coreActions[action.ref]?.runner_type)
  }
})

it('says what every action and every parameter with a type is for', async () => {
  await using kit = await ContentKit.open({ extraPacks: [SHIPPED_PACKS] })
  await kit.register()
  for (const action of (await kit.stores.actions.list()).rows) {
    expect(action.description, action.ref).toBeTruthy()
    for (const [name, parameter] of Object.entries(action.parameters)) {
      if (parameter.type !== undefined) expect(parameter.description, `${action.ref} ${name}`).toBeTruthy()
    }
  }
})

function withoutDescriptions(parameters: ParameterSchemas): unknown {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { description: _description, ...parameter }]) => [name, parameter]),
  )
}

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
  const notRunnable: string[] = []
  for (const action of rows) {
    const { packPath, entryPoint } = await kit.packFiles.locate(action.pack, action.entry_point)
    expect(packPath).toBe(join(SHIPPED_PACKS, action.pack))
    if (action.entry_point === '') continue
    const { mode } = await stat(entryPoint ?? `${action.ref}: ${action.entry_point}`)
    if (action.runner_type === 'local-shell-script' && (mode & 0o111) === 0) notRunnable.push(action.ref)
  }
  expect(notRunnable).toEqual([])
})

it('registers the actions of core as upstream has them, descriptions aside', async () => {
  await using kit = await ContentKit.open({ extraPacks: [SHIPPED_PACKS] })
  await kit.register({ packs: ['core'] })
  const { rows } = await kit.stores.actions.list({ filter: { pack: 'core' } })
  expect(rows.map(({ ref }) => ref)).toEqual(Object.keys(coreActions).sort())
  for (const action of rows) {
    const expected = coreActions[action.ref]
    expect({ ...action, parameters: withoutDescriptions(action.parameters) }).toMatchObject({
      ref: action.ref,
      uid: `action:core:${action.name}`,
      enabled: true,
      runner_type: expected?.runner_type,
      entry_point: expected?.entry_point,
      ...expected?.recorded,
    })
    expect({ ref: action.ref, parameters: withoutDescriptions(action.parameters) }).toEqual({
      ref: action.ref,
      parameters: expected?.parameters,
    })
  }
})

it('says what every action and every parameter with a type is for', async () => {
  await using kit = await ContentKit.open({ extraPacks: [SHIPPED_PACKS] })
  await kit.register()
  const silent = (await kit.stores.actions.list()).rows.flatMap((action) => [
    ...(action.description === undefined ? [action.ref] : []),
    ...Object.entries(action.parameters)
      .filter(([, { type, description }]) => type !== undefined && description === undefined)
      .map(([name]) => `${action.ref} ${name}`),
  ])
  expect(silent).toEqual([])
})

function withoutDescriptions(parameters: ParameterSchemas): unknown {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { description: _description, ...parameter }]) => [name, parameter]),
  )
}

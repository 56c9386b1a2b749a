import { expect, it } from 'vitest'
import type { CommandSpec } from '../shell/command-spec.ts'
import { TOP_LEVEL } from './top-level.ts'

async function allCommands(): Promise<readonly (readonly [string, CommandSpec])[]> {
  const groups = TOP_LEVEL.map(async (entry) => {
    if (entry.kind === 'command') return [[entry.spec.name, entry.spec] as const]
    return (await entry.spec.load()).map((spec) => [`${entry.spec.name} ${spec.name}`, spec] as const)
  })
  return (await Promise.all(groups)).flat()
}

it('offers the commands that the server has routes for, and no others', async () => {
  expect((await allCommands()).map(([name]) => name)).toEqual([
    'run',
    'action list',
    'action get',
    'action create',
    'action update',
    'action enable',
    'action disable',
    'action delete',
    'action clone',
    'action execute',
    'action-alias list',
    'action-alias get',
    'action-alias create',
    'action-alias update',
    'action-alias delete',
    'action-alias match',
    'action-alias execute',
    'action-alias test',
    'auth',
    'login',
    'whoami',
    'expr',
    'execution list',
    'execution get',
    'execution re-run',
    'execution cancel',
    'execution pause',
    'execution resume',
    'execution tail',
    'inquiry list',
    'inquiry get',
    'inquiry respond',
    'key list',
    'key get',
    'key set',
    'key delete',
    'key load',
    'key delete_by_prefix',
    'pack list',
    'pack get',
    'policy list',
    'policy get',
    'policy create',
    'policy update',
    'policy delete',
    'policy-type list',
    'policy-type get',
    'rule list',
    'rule get',
    'rule create',
    'rule update',
    'rule delete',
    'rule enable',
    'rule disable',
    'rule-enforcement list',
    'rule-enforcement get',
    'runner list',
    'runner get',
    'runner enable',
    'runner disable',
    'sensor list',
    'sensor get',
    'sensor enable',
    'sensor disable',
    'timer list',
    'timer get',
    'trigger list',
    'trigger get',
    'trigger create',
    'trigger update',
    'trigger delete',
    'trigger getspecs',
    'trigger-instance list',
    'trigger-instance get',
    'trigger-instance re-emit',
    'workflow inspect',
    'workflow simulate',
    'workflow rehearse',
    'webhook list',
    'webhook get',
  ])
})

it('gives each option of a command its own flags and its own name, and each command its code', async () => {
  for (const [name, spec] of await allCommands()) {
    const flags = spec.options.flatMap((option) => option.flags)
    const names = [...spec.options, ...spec.arguments].map((each) => each.name)
    expect({ name, flags }).toEqual({ name, flags: [...new Set(flags)] })
    expect({ name, names }).toEqual({ name, names: [...new Set(names)] })
    expect(await spec.load()).toBeTypeOf('function')
  }
})

import type { SensorType, TriggerType, TriggerView } from '@st2/model'
import { expect, it } from 'vitest'
import { groupTypes } from './trigger-groups.ts'

const type = (ref: string, description = ''): TriggerType => {
  const [pack = ''] = ref.split('.')
  const name = ref.slice(pack.length + 1)
  return { id: ref, uid: ref, ref, pack, name, description, payload_schema: {}, parameters_schema: {}, tags: [] }
}
const trigger = (ref: string, of: string, parameters: Record<string, unknown> = {}): TriggerView => ({
  id: ref,
  uid: ref,
  ref,
  name: ref,
  pack: 'core',
  type: of,
  parameters,
})
const sensor: SensorType = {
  id: 's',
  uid: 's',
  ref: 'linux.FileWatchSensor',
  name: 'FileWatchSensor',
  pack: 'linux',
  trigger_types: ['linux.line'],
  enabled: true,
}
const types = [type('linux.line', 'A line was added'), type('core.st2.webhook'), type('core.st2.IntervalTimer')]
const triggers = [
  trigger('core.1', 'core.st2.webhook', { url: 'github' }),
  trigger('linux.line', 'linux.line'),
  trigger('core.2', 'core.st2.IntervalTimer', { unit: 'seconds', delta: 5 }),
]
const refs = (search: string) =>
  groupTypes(types, triggers, [sensor], search).flatMap(({ rows }) => rows.map((row) => row.type.ref))

it('sorts types by pack, each with its triggers and the sensors that emit it', () => {
  expect(
    groupTypes(types, triggers, [sensor], '').map(({ pack, rows }) => [
      pack,
      rows.map((row) => [row.type.name, row.triggers.map(({ ref }) => ref), row.sensors.map(({ name }) => name)]),
    ]),
  ).toEqual([
    [
      'core',
      [
        ['st2.IntervalTimer', ['core.2'], []],
        ['st2.webhook', ['core.1'], []],
      ],
    ],
    ['linux', [['line', [], ['FileWatchSensor']]]],
  ])
})

it.each([
  ['github', ['core.st2.webhook']],
  ['every 5', ['core.st2.IntervalTimer']],
  ['FILEWATCH line', ['linux.line']],
  ['nothing like it', []],
])('finds by what belongs to a type: %s', (search, found) => {
  expect(refs(search)).toEqual(found)
})

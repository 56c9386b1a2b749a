import { parseYaml } from '@st2/yaml'
import { describe, expect, it } from 'vitest'
import type { ActionDefinition } from './action-metadata.ts'
import { actionYaml } from './action-yaml.ts'

const ACTION: ActionDefinition = {
  ref: 'demo.greet',
  uid: 'action:demo:greet',
  name: 'greet',
  pack: 'demo',
  description: 'Says "hello": to anybody,\nin two lines — or\n\nfour.',
  enabled: false,
  runner_type: 'local-shell-script',
  entry_point: 'greet.sh',
  parameters: {
    who: { type: 'string', required: true, description: "it's\n\n  indented", position: 0 },
    again: { type: 'array', items: { type: 'string' }, default: ['yes', 'no', '~', '1.0', ' x '] },
    a: { type: 'object', default: { k: { l: [1, { m: null }] } } },
  },
  output_schema: { type: 'object', properties: { x: { secret: true } } },
  tags: [{ name: 'a', value: 'b' }],
  notify: { 'on-complete': { message: 'done', routes: ['slack'] } },
  metadata_file: 'actions/greet.yaml',
}

describe('an action as a metadata file', () => {
  it('says what the action says', () => {
    const { ref: _ref, uid: _uid, metadata_file: _file, ...written } = ACTION
    expect(parseYaml(actionYaml(ACTION))).toEqual(written)
  })

  it('leaves out what is empty', () => {
    const bare: ActionDefinition = { ...ACTION, parameters: {}, output_schema: {}, tags: [], notify: {} }
    expect(Object.keys(Object(parseYaml(actionYaml(bare))))).toEqual([
      'name',
      'pack',
      'description',
      'enabled',
      'runner_type',
      'entry_point',
    ])
  })

  it('keeps the order of the parameters', () => {
    const { parameters } = Object(parseYaml(actionYaml(ACTION)))
    expect(Object.keys(parameters)).toEqual(['who', 'again', 'a'])
  })
})

import type { ActionAlias } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { aliasHelp } from './alias-help.ts'
import { AliasMatcher, MAX_COMMAND_LENGTH } from './match-alias.ts'

function alias(name: string, formats: ActionAlias['formats'], more: Partial<ActionAlias> = {}): ActionAlias {
  return {
    id: name.padEnd(24, '0'),
    uid: `action_alias:default:${name}`,
    ref: `default.${name}`,
    name,
    pack: 'default',
    enabled: true,
    action_ref: 'core.local',
    formats,
    ack: {},
    result: {},
    extra: {},
    immutable_parameters: {},
    metadata_file: '',
    ...more,
  }
}

const RUN = alias('run', ['orc run {{cmd}}', { display: 'orc hi <who>', representation: ['orc hi {{who=you}}', 'hi'] }])
const GREET = alias('greet', [{ display: 'greet', representation: 'hello {{name}}' }])
const FIX = alias('fix', [
  { display: 'fix <key>', representation: ['(?:\\b|^)fix (?P<key>\\w+)(?:\\b|$)'], match_multiple: true },
])
const BROKEN = alias('broken', ['a (b'])
const ALL = [RUN, GREET, FIX, BROKEN]

describe('AliasMatcher', () => {
  const matcher = new AliasMatcher()

  it('finds the alias and which of its formats', () => {
    expect(matcher.match(ALL, 'orc run date')).toEqual({
      actionalias: RUN,
      display: 'orc run {{cmd}}',
      representation: 'orc run {{cmd}}',
    })
    expect(matcher.match(ALL, 'orc hi')).toMatchObject({
      display: 'orc hi <who>',
      representation: 'orc hi {{who=you}}',
    })
    expect(matcher.match(ALL, 'hello you')).toMatchObject({ actionalias: GREET, display: 'greet' })
  })

  it('tries formats that match several times last', () => {
    expect(matcher.match(ALL, 'please fix this and fix that')).toMatchObject({ actionalias: FIX })
    expect(matcher.match(ALL, 'orc run fix this')).toMatchObject({ actionalias: RUN })
  })

  it('says that none matches, or more than one, as upstream does', () => {
    expect(() => matcher.match(ALL, 'xyzzy plugh')).toThrow("Command 'xyzzy plugh' matched no patterns")
    const twice = [...ALL, alias('again', ['orc run {{it}}'])]
    expect(() => matcher.match(twice, 'orc run date')).toThrow("Command 'orc run date' matched more than 1 pattern")
    const multiple = [FIX, alias('mend', [{ display: 'm', representation: ['fix \\w+\\s*$'], match_multiple: true }])]
    expect(() => matcher.match(multiple, 'fix this')).toThrow("Command 'fix this' matched more than 1 (multi) pattern")
  })

  it('ends a search that takes too long, and a command that is too long, with the reason', () => {
    const slow = [alias('slow', ['(?:a+)+(?:a+)+(?:a+)+b'])]
    expect(() => matcher.match(slow, 'a'.repeat(400))).toThrow(/takes more than 2000000 steps/)
    expect(() => matcher.match(slow, 'a'.repeat(MAX_COMMAND_LENGTH + 1))).toThrow(/longer than 10000 characters/)
  })
})

describe('aliasHelp', () => {
  const OFF = alias('off', ['never'], { enabled: false })
  const PACKS = alias('get', [{ display: 'pack get <pack>', representation: ['pack get {{pack}}'] }], {
    pack: 'packs',
    description: 'About a pack.',
  })
  const said = [RUN, PACKS, OFF]

  it('shows each format of each enabled alias once', () => {
    expect(aliasHelp(said, { limit: 100, offset: 0 })).toEqual({
      available: 3,
      helpstrings: [
        { pack: 'default', display: 'orc run {{cmd}}', description: '' },
        { pack: 'default', display: 'orc hi <who>', description: '' },
        { pack: 'packs', display: 'pack get <pack>', description: 'About a pack.' },
      ],
    })
  })

  it('narrows by pack and by a regular expression in any case of letters', () => {
    expect(aliasHelp(said, { pack: 'packs', limit: 100, offset: 0 }).available).toBe(1)
    expect(aliasHelp(said, { filter: '^ORC HI', limit: 100, offset: 0 }).helpstrings).toHaveLength(1)
    expect(() => aliasHelp(said, { filter: '(', limit: 100, offset: 0 })).toThrow(/^filter: /)
  })

  it('counts everything and shows a page; 0 is no limit', () => {
    expect(aliasHelp(said, { limit: 1, offset: 1 })).toMatchObject({
      available: 3,
      helpstrings: [{ display: 'orc hi <who>' }],
    })
    expect(aliasHelp(said, { limit: 0, offset: 0 }).helpstrings).toHaveLength(3)
  })
})

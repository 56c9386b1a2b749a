import { describe, expect, it } from 'vitest'
import { AliasFormat, MAX_FORMAT_LENGTH } from './alias-format.ts'

interface Row {
  readonly format: string
  readonly command: string
  /** null: the command does not match. */
  readonly parameters: Record<string, string> | null
}

const ROWS: readonly Row[] = [
  { format: 'hello', command: 'hello', parameters: {} },
  { format: 'hello', command: '  hello ', parameters: {} },
  { format: 'hello', command: 'Hello', parameters: null },
  { format: 'hello', command: 'hello world', parameters: null },
  { format: 'hello', command: 'say hello', parameters: null },
  // parameters that must be said
  { format: 'orc run {{cmd}}', command: 'orc run date', parameters: { cmd: 'date' } },
  { format: 'orc run {{ cmd }}', command: 'orc run ls -la /tmp', parameters: { cmd: 'ls -la /tmp' } },
  { format: 'orc run {{cmd}}', command: 'orc run', parameters: null },
  { format: 'orc run {{cmd}}', command: 'orc  run date', parameters: null },
  { format: 'do {{a}} {{b}}', command: 'do one two three', parameters: { a: 'one', b: 'two three' } },
  {
    format: 'run {{cmd}} on {{hosts}}',
    command: 'run uname -a on a, b',
    parameters: { cmd: 'uname -a', hosts: 'a, b' },
  },
  { format: '{{all}}', command: 'anything at all', parameters: { all: 'anything at all' } },
  { format: 'note {{text}}', command: 'note first\nsecond', parameters: { text: 'first\nsecond' } },
  // quotes and braces
  {
    format: 'say {{what}} to {{who}}',
    command: 'say "good to see" to you',
    parameters: { what: 'good to see', who: 'you' },
  },
  { format: 'say {{what}}', command: "say 'hi there'", parameters: { what: 'hi there' } },
  { format: 'set {{value}}', command: 'set {"a": [1, 2]}', parameters: { value: '{"a": [1, 2]}' } },
  { format: 'set {{value}} now', command: 'set {"a": "b c"} now', parameters: { value: '{"a": "b c"}' } },
  // parameters that may be left out
  { format: 'orc hi {{who=you}}', command: 'orc hi', parameters: { who: 'you' } },
  { format: 'orc hi {{who=you}}', command: 'orc hi me', parameters: { who: 'me' } },
  { format: 'orc hi {{ who = "all of you" }}', command: 'orc hi', parameters: { who: 'all of you' } },
  { format: "orc hi {{ who = 'all of you' }}", command: 'orc hi', parameters: { who: 'all of you' } },
  { format: 'get {{ url = http://example.com/?a=b }}', command: 'get', parameters: { url: 'http://example.com/?a=b' } },
  { format: 'put {{ data = {"a": {"b": 1}} }}', command: 'put', parameters: { data: '{"a": {"b": 1}}' } },
  { format: 'put {{data={"a": 1}}}', command: 'put', parameters: { data: '{"a": 1}' } },
  { format: 'a {{x=1}} b {{y=2}}', command: 'a b', parameters: { x: '1', y: '2' } },
  { format: 'a {{x=1}} b {{y=2}}', command: 'a 3 b', parameters: { x: '3', y: '2' } },
  { format: 'a {{x=1}} b {{y=2}}', command: 'a b 4', parameters: { x: '1', y: '4' } },
  { format: '{{d=test}}', command: '', parameters: { d: 'test' } },
  // an empty default is none: nothing matches the text as it stands
  { format: 'a {{x=}}', command: 'a 1', parameters: null },
  // pairs at the end
  { format: 'orc run {{cmd}}', command: 'orc run date timeout=5', parameters: { cmd: 'date', timeout: '5' } },
  {
    format: 'orc run {{cmd}}',
    command: 'orc run date a="b c" d={"e": 1} f=\'g h\' i=""',
    parameters: { cmd: 'date', a: 'b c', d: '{"e": 1}', f: 'g h', i: '' },
  },
  { format: 'run {{cmd}}', command: 'run ls cmd=date', parameters: { cmd: 'date' } },
  { format: 'run', command: 'run x=1', parameters: { x: '1' } },
  { format: 'run {{cmd}}', command: 'run a=1 ls', parameters: { cmd: 'a=1 ls' } },
  { format: 'run {{cmd=none}}', command: 'run x=a=b', parameters: { cmd: 'none', x: 'a=b' } },
  // regular expressions
  { format: '(?:create|make) (?:a )?ticket {{title}}', command: 'make ticket help', parameters: { title: 'help' } },
  { format: 'ticket (?P<key>[A-Z]+-\\d+)', command: 'ticket ABC-12', parameters: { key: 'ABC-12' } },
  { format: 'ticket (?P<key>[A-Z]+-\\d+)', command: 'ticket abc-12', parameters: null },
  { format: '(?i)ticket {{n}}', command: 'TICKET 5', parameters: { n: '5' } },
  { format: 'a|b', command: 'b', parameters: {} },
  // its own anchors
  { format: '^ ?pack get {{ pack }}$', command: 'pack get core', parameters: { pack: 'core ' } },
  {
    format: '(?:\\b|^)fix (?P<key>[A-Z]+-\\d+)(?:\\b|$)',
    command: 'please fix ABC-1 today',
    parameters: { key: 'ABC-1' },
  },
]

describe.each(ROWS)('format $format, command $command', ({ format, command, parameters }) => {
  it('gives its parameters, or does not match', () => {
    const extraction = new AliasFormat(format).extract(command)
    expect(extraction).toEqual(
      parameters === null
        ? { kind: 'refused', reason: `Command "${command}" doesn't match format string "${format}"` }
        : { kind: 'matched', parameters },
    )
  })
})

describe('AliasFormat', () => {
  it('gives each occurrence when a format matches several times', () => {
    const format = new AliasFormat('(?:\\b|^)fix (?P<key>[A-Z]+-\\d+)(?:\\b|$)')
    expect(format.extractAll('fix A-1, then fix B-2 and fix c-3')).toEqual([{ key: 'A-1' }, { key: 'B-2' }])
  })

  it('says so when nothing is said and nothing stands in for it', () => {
    expect(new AliasFormat('\\s*').extract('')).toEqual({
      kind: 'refused',
      reason: 'No value supplied and no default value found.',
    })
  })

  it('refuses what is no regular expression, names a parameter twice, or is too long', () => {
    expect(() => new AliasFormat('a (b')).toThrow(/unterminated subpattern/)
    expect(() => new AliasFormat('{{a}} {{a}}')).toThrow(/redefinition of group name/)
    expect(() => new AliasFormat('a'.repeat(MAX_FORMAT_LENGTH + 1))).toThrow(/longer than 10000/)
  })

  it('answers soon to a long command that almost ends in pairs', () => {
    const format = new AliasFormat('run {{cmd}}')
    const command = `run ${'a="b '.repeat(2000)}end`
    expect(format.extract(command)).toMatchObject({ kind: 'matched' })
  })
})

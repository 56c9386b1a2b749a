import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { asCurl, asSt2Run, quoteShell, withoutSecrets } from './command-line.ts'

describe('quoteShell', () => {
  it.each([
    'plain',
    'a b',
    "it's",
    '$(rm -rf /)',
    '`x`',
    '"',
    '\\',
    'line\nbreak',
    '',
    '-n',
    'ünï',
    "'''",
    '*',
    '~',
    '!x',
  ])('a shell reads %j back', (text) => {
    const back = execFileSync('/bin/sh', ['-c', `printf '%s' ${quoteShell(text)}`], { encoding: 'utf8' })
    expect(back).toBe(text)
  })
})

describe('a run as a command', () => {
  const request = {
    action: 'core.local',
    parameters: { cmd: "echo 'hi there'", timeout: 5, env: { A: 'b c' }, sudo: false },
  }

  it('is st2 run with its parameters', () => {
    expect(asSt2Run({ ...request, traceTag: 'my tag' })).toBe(
      `st2 run core.local --trace-tag 'my tag' cmd='echo '\\''hi there'\\''' timeout=5 env='{"A":"b c"}' sudo=false`,
    )
  })

  it('is curl with the token as a variable', () => {
    const text = asCurl('https://st2.example.com/api/v1/executions', { action: 'core.noop', parameters: { a: "it's" } })
    expect(text).toContain('"X-Auth-Token: $ST2_AUTH_TOKEN"')
    expect(text).toContain(`-d '{"action":"core.noop","parameters":{"a":"it'\\''s"}}'`)
  })

  it('never writes a secret out', () => {
    expect(withoutSecrets({ user: 'x', password: 'hunter2' }, { password: { secret: true } })).toEqual({
      user: 'x',
      password: '<password>',
    })
  })
})

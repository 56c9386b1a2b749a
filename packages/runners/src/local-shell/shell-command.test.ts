import { userInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { shellCommand } from './shell-command.ts'

const plain = { sudo: false, withPassword: false, systemUser: null }

describe('shellCommand', () => {
  it('runs under sh as the server itself', () => {
    expect(shellCommand('echo $HOME', [], plain)).toEqual({ command: '/bin/sh', args: ['-c', 'echo $HOME'] })
  })

  it('does not use sudo for a system user that the server already is', () => {
    expect(shellCommand('id', [], { ...plain, systemUser: userInfo().username }).command).toBe('/bin/sh')
  })

  it.each([
    [{ ...plain, sudo: true }, ['-E']],
    [{ ...plain, sudo: true, withPassword: true }, ['-S', '-E']],
    [{ ...plain, systemUser: 'no-such-user' }, ['-E', '-H', '-u', 'no-such-user']],
    [{ ...plain, systemUser: 'no-such-user', withPassword: true }, ['-S', '-E', '-H', '-u', 'no-such-user']],
    [{ ...plain, systemUser: 'no-such-user', sudo: true }, ['-E']],
  ])('goes through sudo for %j', (privileges, options) => {
    expect(shellCommand('a "b"; c', ['x y'], privileges)).toEqual({
      command: 'sudo',
      args: [...options, '--', 'bash', '-c', 'a "b"; c', 'x y'],
    })
  })
})

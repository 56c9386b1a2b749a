import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SHIPPED_PACKS } from './content-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'st2-scripts-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { PATH: '/usr/bin:/bin', ...env } }
    const child = execFile(join(SHIPPED_PACKS, script), args, options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}

describe('core.sendmail', () => {
  const mail = join(folder, 'mail.txt')
  const sendmail = join(folder, 'sendmail')
  writeFileSync(sendmail, `#!/bin/sh\ncat > "${mail}"\n`)
  chmodSync(sendmail, 0o755)

  const send = (
    changes: Partial<Record<'binary' | 'from' | 'to' | 'empty' | 'type' | 'body' | 'attachments', string>>,
  ) => {
    const {
      binary = sendmail,
      from = 'me',
      to = 'you@example.com',
      empty = '1',
      type = 'text/html',
      body = 'Hi',
    } = changes
    const args = [binary, from, to, 'Grüße', empty, type, body, changes.attachments ?? '']
    return run('core/actions/send_mail/send_mail', args)
  }

  it('encodes the subject and the body, adds the host to the sender and a footer to the body', async () => {
    expect(await send({})).toMatchObject({ code: 0, stderr: '' })
    const text = readFileSync(mail, 'utf8')
    expect(text).toMatch(/^From: me@\S+\nTo: you@example\.com\nSubject: =\?UTF-8\?B\?R3LDvMOfZQ==\?=\n/)
    const body = Buffer.from(text.slice(text.indexOf('\n\n')), 'base64').toString()
    expect(body).toMatch(/^Hi<br><br>.*core\.sendmail on \S+\.\n$/)
  })

  it('attaches what can be read, and warns about the rest', async () => {
    const file = join(folder, 'note.txt')
    writeFileSync(file, 'attached')
    const { code, stderr } = await send({ attachments: `${file}, /nowhere.txt`, type: 'text/plain' })
    expect(code).toBe(0)
    expect(stderr).toContain('"/nowhere.txt" cannot be read')
    const text = readFileSync(mail, 'utf8')
    expect(text).toMatch(/Content-Type: multipart\/mixed; boundary="st2-[0-9a-f]{32}"/)
    expect(text).toContain(`filename="note.txt"\n\n${Buffer.from('attached').toString('base64')}`)
  })

  it('sends no empty mail when told not to', async () => {
    rmSync(mail, { force: true })
    const { code, stdout } = await send({ body: ' \n ', empty: '0' })
    expect([code, stdout]).toEqual([0, 'The body is empty and send_empty_body is off: nothing to send.\n'])
    expect(() => readFileSync(mail)).toThrow('ENOENT')
  })

  it.each([
    ['a program that is not there', { binary: '/nowhere/sendmail' }],
    ['a program that fails', { binary: '/bin/false' }],
    ['a header that would start another', { to: 'you@example.com\nBcc: all@example.com' }],
  ])('exits with 2 for %s', async (_name, changes) => {
    const { code, stderr } = await send(changes)
    expect(code).toBe(2)
    expect(stderr).not.toBe('')
  })
})

describe('the example scripts', () => {
  it('count words, with named and positional parameters', async () => {
    const args = ['--label=x', "--ignore=['so']", '--verbose', 'so it goes', 'words']
    expect(await run('examples/actions/count_words.sh', args)).toEqual({
      code: 0,
      stdout: 'it goes\nx: 2 words\n',
      stderr: '',
    })
    expect((await run('examples/actions/count_words.sh', ['--frob', 'a'])).code).toBe(2)
  })

  it('print by turns on stdout and stderr', async () => {
    expect(await run('examples/actions/print_to_stdout_and_stderr.sh', ['3', '0'])).toEqual({
      code: 0,
      stdout: 'stdout line 1\nstdout line 3\n',
      stderr: 'stderr line 2\n',
    })
  })

  it('never print a token or a secret', async () => {
    const env = { ST2_ACTION_AUTH_TOKEN: 'geheim', MINE: 'shown' }
    const { stdout } = await run('examples/actions/env_reader.sh', [], env)
    expect(stdout).toContain('MINE=shown')
    expect(stdout).not.toContain('geheim')
    const { stdout: told } = await run('examples/actions/secret_length.sh', ['me', 'geheim'])
    expect(told).toBe('The secret of me has 6 characters.\n')
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type RecordedAnswer, serveRecorded } from './recorded-server.ts'

const LAUNCHER = fileURLToPath(new URL('../../../bin/st2', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'st2-questions-'))
const ITEM = { name: 'k', value: 'stored', scope: 'st2kv.system', secret: false, encrypted: false }
const ANSWER: RecordedAnswer = { method: 'PUT', path: '/v1/keys/k', body: 'item' }

afterAll(() => rmSync(home, { recursive: true }))

/** A process as users start it, with something to read. */
async function launch(argv: readonly string[], port: number, typed: string) {
  const env = { PATH: '/usr/bin:/bin', HOME: home, ST2_API_URL: `http://127.0.0.1:${port}/v1`, ST2_AUTH_TOKEN: 'x' }
  const child = spawn(LAUNCHER, argv, { env })
  const printed = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text))
  child.stdin.end(typed)
  const [code] = await once(child, 'close')
  return { code, ...printed }
}

describe('a value that is not given', () => {
  it('is read from standard input, one line of it', async () => {
    await using server = await serveRecorded([ANSWER], { item: ITEM })
    const { code, out, err } = await launch(['key', 'set', 'k', '-j'], server.port, 'first line\nsecond line\n')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Please insert value for key: \{\n {4}"name": "k"/)
    expect(server.requests).toMatchObject([{ body: { name: 'k', value: 'first line' } }])
  })

  it('is read without showing it when it is to be a secret', async () => {
    await using server = await serveRecorded([ANSWER], { item: ITEM })
    const { code, out, err } = await launch(['key', 'set', 'k', '-e'], server.port, 'hush-hush\n')
    expect({ code, err }).toEqual({ code: 0, err: 'Please insert value for key: \n' })
    expect(out).not.toContain('hush-hush')
    expect(server.requests).toMatchObject([{ body: { name: 'k', value: 'hush-hush', secret: true } }])
  })

  it('is an error when there is nothing to read', async () => {
    await using server = await serveRecorded([ANSWER], { item: ITEM })
    for (const options of [[], ['-e']]) {
      const { code, out } = await launch(['key', 'set', 'k', ...options], server.port, '')
      expect(code).toBe(1)
      expect(out).toMatch(/ERROR: (EOF when reading a line|nothing was entered)\n\n$/)
    }
    expect(server.requests).toEqual([])
  })
})

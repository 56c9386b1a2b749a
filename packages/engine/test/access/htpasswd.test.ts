import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import bcrypt from 'bcryptjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureFirstAdmin, FIRST_ADMIN } from '../../src/access/first-admin.ts'
import { checkHtpasswd } from '../../src/access/htpasswd.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'

/** Made by openssl passwd and by htpasswd. */
const ENTRIES = {
  apr1: ['$apr1$r31.Ab9$t6Kcj2DmW7X43HYpsHwVw0', 'sécret päss'],
  empty: ['$apr1$xy$43..WIhbfuznGvwoCyUek/', ''],
  sha: ['{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=', 'secret'],
  sha256: ['$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA', 'secret'],
  sha512: [
    '$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1',
    'secret',
  ],
  bcrypt: [bcrypt.hashSync('secret', 4).replace('$2b$', '$2y$'), 'secret'],
} as const

let folder = ''
let file = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'htpasswd-'))
  file = join(folder, 'htpasswd')
  const lines = Object.entries(ENTRIES).map(([user, [hash]]) => `${user}:${hash}`)
  await writeFile(file, ['# users', '', ...lines, 'plain:secret', '#apr1:{SHA}x', ':nobody'].join('\n'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('checkHtpasswd', () => {
  it.each(Object.entries(ENTRIES))('knows %s', async (user, [, password]) => {
    expect(await checkHtpasswd(file, user, password)).toBe(true)
    expect(await checkHtpasswd(file, user, `${password}x`)).toBe(false)
  })

  it.each([
    ['plain', 'secret'],
    ['nobody', 'secret'],
    ['', 'nobody'],
    ['#apr1', 'secret'],
  ])('refuses %s', async (user, password) => {
    expect(await checkHtpasswd(file, user, password)).toBe(false)
  })

  it('says which file cannot be read', async () => {
    await expect(checkHtpasswd(join(folder, 'none'), 'a', 'b')).rejects.toThrow(/password file ".*none" cannot be read/)
  })
})

describe('ensureFirstAdmin', () => {
  it('generates a password once, and keeps its hash only, readable by the owner alone', async () => {
    const path = join(folder, 'new', 'htpasswd')
    const password = await ensureFirstAdmin(path, undefined, systemIds())
    if (password === null) throw new Error('no password was generated')
    expect(await checkHtpasswd(path, FIRST_ADMIN, password)).toBe(true)
    expect(await readFile(path, 'utf8')).not.toContain(password)
    expect((await stat(path)).mode & 0o077).toBe(0)
    expect(await ensureFirstAdmin(path, 'other', systemIds())).toBeNull()
  })

  it('takes the password that was chosen beforehand', async () => {
    const path = join(folder, 'chosen')
    expect(await ensureFirstAdmin(path, 'my own', systemIds())).toBeNull()
    expect(await checkHtpasswd(path, FIRST_ADMIN, 'my own')).toBe(true)
  })
})

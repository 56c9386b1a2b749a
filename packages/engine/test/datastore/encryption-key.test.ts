import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { loadOrCreateEncryptionKey, Sealer } from '../../src/datastore/encryption-key.ts'

const ids = systemIds()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('loadOrCreateEncryptionKey', () => {
  it("makes a key file in upstream's form once, readable by the owner alone", async () => {
    const path = join(folder, 'made', 'datastore_key.json')
    const key = await loadOrCreateEncryptionKey(path, ids)
    expect(await loadOrCreateEncryptionKey(path, ids)).toEqual(key)
    expect((await stat(path)).mode & 0o077).toBe(0)
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      aesKeyString: key.aes.toString('base64url'),
      hmacKey: { hmacKeyString: key.hmac.toString('base64url'), size: 256 },
      mode: 'CBC',
      size: 256,
    })
  })

  it('says what is wrong with a file that holds no key', async () => {
    const path = join(folder, 'broken')
    await writeFile(path, '{"aesKeyString": "x"}')
    await expect(loadOrCreateEncryptionKey(path, ids)).rejects.toThrow(/is not a key file/)
  })
})

describe('Sealer', () => {
  it('opens what it sealed, and shows nothing of it', async () => {
    const sealer = new Sealer(await loadOrCreateEncryptionKey(join(folder, 'a'), ids), ids)
    const sealed = sealer.seal({ password: 'topsecret', deep: [1, null] })
    expect(sealed).not.toContain('topsecret')
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('topsecret')
    expect(sealer.open(sealed)).toEqual({ password: 'topsecret', deep: [1, null] })
    expect(sealer.seal('x')).not.toBe(sealer.seal('x'))
  })

  it('opens nothing under another key, and nothing that was changed', async () => {
    const sealer = new Sealer(await loadOrCreateEncryptionKey(join(folder, 'a'), ids), ids)
    const other = new Sealer(await loadOrCreateEncryptionKey(join(folder, 'b'), ids), ids)
    const sealed = sealer.seal('x')
    expect(() => other.open(sealed)).toThrow('the encryption key has changed')
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(() => sealer.open(bytes.toString('base64'))).toThrow('cannot be opened')
  })
})

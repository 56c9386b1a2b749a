import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { InvalidError } from '@st2/model'
import { createOnce } from '../config/create-once.ts'
import type { Ids } from '../ports/ids.ts'

/** The datastore's key as upstream's key file holds it. @source services.md 8.1 */
export interface EncryptionKey {
  readonly aes: Buffer
  readonly hmac: Buffer
}

/** Reads the key file, or makes one (mode 0600) when there is none yet. */
export async function loadOrCreateEncryptionKey(path: string, ids: Ids): Promise<EncryptionKey> {
  const existing = await readKeyFile(path)
  if (existing !== null) return parseKeyFile(path, existing)
  const key: EncryptionKey = { aes: Buffer.from(ids.bytes(32)), hmac: Buffer.from(ids.bytes(32)) }
  if (await createOnce(path, keyFileText(key))) return key
  // Another process was faster: there is one key.
  return parseKeyFile(path, (await readKeyFile(path)) ?? '')
}

/** Enciphers values that stand beside a document (secret parameters). Not the datastore's own value format. */
export class Sealer {
  readonly #key: Buffer
  readonly #ids: Ids

  constructor(key: EncryptionKey, ids: Ids) {
    this.#key = Buffer.from(hkdfSync('sha256', key.aes, key.hmac, 'st2 sealed parameters', 32))
    this.#ids = ids
  }

  seal(value: unknown): string {
    const iv = this.#ids.bytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
  }

  open(sealed: string): unknown {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    try {
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'))
    } catch (cause) {
      throw new InvalidError('Secret values of this execution cannot be opened: the encryption key has changed.', {
        cause,
      })
    }
  }
}

async function readKeyFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw new InvalidError(`Encryption key file "${path}" cannot be read.`, { cause: error })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function parseKeyFile(path: string, text: string): EncryptionKey {
  try {
    const file = JSON.parse(text) as { aesKeyString: string; hmacKey: { hmacKeyString: string } }
    const key = {
      aes: Buffer.from(file.aesKeyString, 'base64url'),
      hmac: Buffer.from(file.hmacKey.hmacKeyString, 'base64url'),
    }
    if (key.aes.length < 16 || key.hmac.length < 16) throw new RangeError('key too short')
    return key
  } catch (cause) {
    throw new InvalidError(`Encryption key file "${path}" is not a key file: aesKeyString or hmacKey is missing.`, {
      cause,
    })
  }
}

function keyFileText(key: EncryptionKey): string {
  return JSON.stringify({
    hmacKey: { hmacKeyString: key.hmac.toString('base64url'), size: key.hmac.length * 8 },
    size: key.aes.length * 8,
    aesKeyString: key.aes.toString('base64url'),
    mode: 'CBC',
  })
}

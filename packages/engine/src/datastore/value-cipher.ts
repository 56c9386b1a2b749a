import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { InvalidError } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import type { EncryptionKey } from './encryption-key.ts'

const HEADER = Buffer.from('00000', 'ascii')
const IV_BYTES = 16
const HMAC_BYTES = 20
const BLOCK_BYTES = 16

/**
 * Secret values as upstream's datastore holds them, so that either can read the other's: upper-case hex of header, IV,
 * AES-CBC of the text, and an HMAC-SHA1 over all of it. @source services.md 8.1
 */
export class ValueCipher {
  readonly #key: EncryptionKey
  readonly #ids: Ids

  constructor(key: EncryptionKey, ids: Ids) {
    this.#key = key
    this.#ids = ids
  }

  encrypt(text: string): string {
    const iv = this.#ids.bytes(IV_BYTES)
    const cipher = createCipheriv(this.#algorithm(), this.#key.aes, iv)
    const signed = Buffer.concat([HEADER, iv, cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([signed, this.#sign(signed)])
      .toString('hex')
      .toUpperCase()
  }

  /** @throws InvalidError when the text is no ciphertext of this key */
  decrypt(ciphertext: string): string {
    const bytes = Buffer.from(ciphertext, 'hex')
    if (bytes.length * 2 !== ciphertext.length || bytes.length < HEADER.length + IV_BYTES + BLOCK_BYTES + HMAC_BYTES) {
      throw new InvalidError('The value is not a ciphertext of this server: it is too short or not hexadecimal.')
    }
    const signed = bytes.subarray(0, -HMAC_BYTES)
    if (!timingSafeEqual(this.#sign(signed), bytes.subarray(-HMAC_BYTES))) {
      throw new InvalidError('The value is not a ciphertext of this server: its signature is wrong.')
    }
    const iv = signed.subarray(HEADER.length, HEADER.length + IV_BYTES)
    const decipher = createDecipheriv(this.#algorithm(), this.#key.aes, iv)
    return Buffer.concat([decipher.update(signed.subarray(HEADER.length + IV_BYTES)), decipher.final()]).toString(
      'utf8',
    )
  }

  #algorithm(): string {
    return `aes-${this.#key.aes.length * 8}-cbc`
  }

  #sign(signed: Uint8Array): Buffer {
    return createHmac('sha1', this.#key.hmac).update(signed).digest()
  }
}

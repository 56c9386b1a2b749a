import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import bcrypt from 'bcryptjs'
import { verify as verifyUnixCrypt } from 'unixcrypt'
import { UnavailableError } from '@st2/model'

/**
 * Checks a password against an htpasswd file, read anew at each login so that an edit takes effect at once.
 * Knows `$apr1$`, `$2y$` (and `$2a$`, `$2b$`), `{SHA}`, `$5$` and `$6$`; plain text is never accepted.
 *
 * @source st2-auth-backend-flat-file; services.md 9.4
 */
export async function checkHtpasswd(path: string, user: string, password: string): Promise<boolean> {
  const hash = findHash(await readHtpasswd(path), user)
  if (hash === null) return false
  return matchesHash(password, hash)
}

async function readHtpasswd(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new UnavailableError(`Users cannot be checked: the password file "${path}" cannot be read.`, { cause })
  }
}

function findHash(text: string, user: string): string | null {
  for (const line of text.split('\n')) {
    const entry = line.trim()
    if (entry === '' || entry.startsWith('#')) continue
    const colon = entry.indexOf(':')
    if (colon > 0 && entry.slice(0, colon) === user) return entry.slice(colon + 1)
  }
  return null
}

async function matchesHash(password: string, hash: string): Promise<boolean> {
  if (hash.startsWith('$apr1$')) return equal(apr1(password, hash.split('$')[2] ?? ''), hash)
  if (/^\$2[aby]\$/.test(hash)) return bcrypt.compare(password, hash)
  if (hash.startsWith('{SHA}')) return equal(`{SHA}${createHash('sha1').update(password).digest('base64')}`, hash)
  if (/^\$[56]\$/.test(hash)) return verifyUnixCrypt(password, hash)
  return false
}

function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** Apache's MD5 variant: 1,000 rounds over password, salt and the running digest. */
function apr1(password: string, salt: string): string {
  const md5 = (...parts: (string | Buffer)[]) =>
    createHash('md5')
      .update(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part))))
      .digest()
  const secret = Buffer.from(password, 'utf8')
  const inner = md5(secret, salt, secret)
  const start: (string | Buffer)[] = [secret, '$apr1$', salt]
  for (let left = secret.length; left > 0; left -= 16) start.push(inner.subarray(0, Math.min(16, left)))
  for (let bits = secret.length; bits > 0; bits >>= 1)
    start.push((bits & 1) === 1 ? Buffer.from([0]) : secret.subarray(0, 1))
  let digest = md5(...start)
  for (let round = 0; round < 1000; round++) {
    digest = md5(
      round & 1 ? secret : digest,
      round % 3 === 0 ? '' : salt,
      round % 7 === 0 ? '' : secret,
      round & 1 ? digest : secret,
    )
  }
  return `$apr1$${salt}$${apr1Text(digest)}`
}

const APR1_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const APR1_ORDER = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const

function apr1Text(digest: Buffer): string {
  const byte = (index: number) => digest[index] ?? 0
  const encode = (value: number, length: number) => {
    let text = ''
    for (let index = 0; index < length; index++, value >>= 6) text += APR1_ALPHABET[value & 0x3f]
    return text
  }
  const groups = APR1_ORDER.map(([a, b, c]) => encode((byte(a) << 16) | (byte(b) << 8) | byte(c), 4))
  return groups.join('') + encode(byte(11), 2)
}

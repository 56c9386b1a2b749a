import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import bcrypt from 'bcryptjs'
import { createOnce } from '../config/create-once.ts'
import type { Ids } from '../ports/ids.ts'

export const FIRST_ADMIN = 'st2admin'

/** bcrypt cost of the generated entry: about 0.1 s a check. */
const BCRYPT_COST = 10

/**
 * Creates the password file with the first admin when there is none.
 *
 * @param password what the operator chose beforehand; otherwise one is generated
 * @returns the generated password, to be shown this once; null when nothing had to be generated
 */
export async function ensureFirstAdmin(path: string, password: string | undefined, ids: Ids): Promise<string | null> {
  if (await exists(path)) return null
  const generated = password === undefined || password === '' ? readablePassword(ids) : null
  const hash = (await bcrypt.hash(generated ?? password ?? '', BCRYPT_COST)).replace(/^\$2[ab]\$/, '$2y$')
  const text = `# user:hash; add users with: htpasswd -B ${path} NAME\n${FIRST_ADMIN}:${hash}\n`
  const isMade = await createOnce(path, text)
  // Another process was faster: its password counts.
  if (!isMade) return null
  return generated
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK)
    return true
  } catch {
    return false
  }
}

/** 24 characters without look-alikes: about 118 bits. */
function readablePassword(ids: Ids): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyzACDEFGHJKLM'
  const symbols = Array.from(ids.bytes(24), (byte) => alphabet[byte % 32] ?? 'x')
  return [0, 6, 12, 18].map((start) => symbols.slice(start, start + 6).join('')).join('-')
}

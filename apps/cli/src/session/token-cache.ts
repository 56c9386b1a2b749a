import { chmod, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Token } from '@st2/model'
import { dumpsJson } from '@st2/python-values'
import { configDirectory } from '../config/config-file.ts'
import type { Io } from '../shell/io.ts'

/** Seconds before its expiry from which a token counts as expired, so that no request fails on its way. */
const GRACE_SECONDS = 15
const DIRECTORY_MODE = 0o2770
const FILE_MODE = 0o660

/** One file per user beside the configuration. @source cli.md 2.3 */
export class TokenCache {
  private readonly io: Io
  private readonly path: string

  constructor(io: Io, username: string) {
    this.io = io
    this.path = join(configDirectory(io), `token-${username}`)
  }

  /** @returns null when there is none, it has expired or it may not be read */
  async read(): Promise<string | null> {
    const text = await this.readText()
    if (text === null) return null
    await this.warnOfOpenFile()
    const { token, expiresAt } = this.parse(text)
    return expiresAt - GRACE_SECONDS < Math.floor(this.io.now() / 1000) ? null : token
  }

  async write(token: Token): Promise<void> {
    const expireTimestamp = Math.floor(Date.parse(token.expiry) / 1000)
    const text = dumpsJson({ token: token.token, expire_timestamp: expireTimestamp })
    try {
      await makeConfigDirectory(this.io)
      const file = await open(this.path, 'w', FILE_MODE)
      try {
        await file.writeFile(text)
        await file.chmod(FILE_MODE)
      } finally {
        await file.close()
      }
    } catch (error) {
      this.warn(
        `Unable to write token to "${this.path}" (${reasonOf(error)}). Subsequent requests won't use a cached token meaning they may be slower.`,
      )
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true })
  }

  private async readText(): Promise<string | null> {
    try {
      return await readFile(this.path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      this.warn(
        `Unable to retrieve cached token from "${this.path}" (${reasonOf(error)}). Subsequent requests won't use a cached token meaning they may be slower.`,
      )
      return null
    }
  }

  private async warnOfOpenFile(): Promise<void> {
    const mode = (await stat(this.path)).mode & 0o777
    if ((mode & 0o7) < 2) return
    this.warn(
      `Permissions (0o${mode.toString(8)}) for cached token file "${this.path}" are too permissive. Please restrict the permissions and make sure only your own user can read from or write to the file.`,
    )
  }

  private parse(text: string): { token: string; expiresAt: number } {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value !== 'object' || value === null) throw new Error('it holds no object')
      const token = 'token' in value ? value.token : undefined
      const expiresAt = 'expire_timestamp' in value ? value.expire_timestamp : undefined
      if (typeof token !== 'string' || typeof expiresAt !== 'number')
        throw new Error('token or expire_timestamp is missing')
      return { token, expiresAt }
    } catch (cause) {
      throw new Error(
        `File "${this.path}" with cached token is corrupted or invalid (${reasonOf(cause)}). Please delete  this file`,
        { cause },
      )
    }
  }

  private warn(message: string): void {
    this.io.err(`WARNING - ${message}\n`)
  }
}

export async function makeConfigDirectory(io: Io): Promise<void> {
  const directory = configDirectory(io)
  const created = await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE })
  // the bit that hands the group on is not set by creating
  if (created !== undefined) await chmod(directory, DIRECTORY_MODE)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

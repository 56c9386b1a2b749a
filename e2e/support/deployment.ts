import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Client, createClient, endpointsBehind } from '@st2/client'
import type { Token } from '@st2/model'
import type { SeenProcess } from './processes.ts'

export const ADMIN = 'st2admin'
export const ADMIN_PASSWORD = 'Ch@ngeMe'

/** Files by their path below `<data folder>/packs`. */
export type PackFiles = Readonly<Record<string, string>>

/** What journeys walk through: one server with everything embedded, or the reference deployment behind its front. */
export interface Deployment extends AsyncDisposable {
  readonly url: string
  /** With the administrator's token. */
  readonly api: Client
  /** All that it is made of and all that its actions started. */
  readonly processes: readonly SeenProcess[]
  /** @param ttlSeconds how long the token lives; the server's default when absent */
  login(ttlSeconds?: number): Promise<Token>
}

export function logIn(url: string, ttlSeconds?: number): Promise<Token> {
  return createClient(endpointsBehind(url)).auth.login(ADMIN, ADMIN_PASSWORD, ttlSeconds)
}

export function writePacks(folder: string, packs: PackFiles): void {
  for (const [path, text] of Object.entries(packs)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

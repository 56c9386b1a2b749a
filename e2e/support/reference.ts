import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createClient, endpointsBehind } from '@st2/client'
import { inject } from 'vitest'
import { type Deployment, logIn, type PackFiles, writePacks } from './deployment.ts'
import { processesWith } from './processes.ts'

/** In the environment of the deployment and of all it starts. */
export const REFERENCE_MARK = 'ST2_E2E_REFERENCE'

/** The running deployment that the files of a project share. */
export interface GivenReference {
  readonly url: string
  readonly folder: string
  readonly mark: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    reference?: GivenReference
  }
}

/** @returns null in a project that has none */
export function referenceGiven(): { open(packs: PackFiles): Promise<Deployment> } | null {
  const given = inject('reference')
  return given === undefined ? null : { open: (packs) => open(given, packs) }
}

async function open({ url, folder, mark }: GivenReference, packs: PackFiles): Promise<Deployment> {
  const certificate = readFileSync(join(folder, 'certificate/st2.crt'), 'utf8')
  setDefaultCACertificates([...getCACertificates('default'), certificate])
  const { token } = await logIn(url)
  writePacks(join(folder, 'data/packs'), packs)
  await register(url, token)
  return {
    url,
    api: createClient({ ...endpointsBehind(url), token }),
    get processes() {
      return processesWith(REFERENCE_MARK, mark)
    },
    login: (ttlSeconds) => logIn(url, ttlSeconds),
    // It is stopped after the last file.
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

async function register(url: string, token: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/packs/register`, {
    method: 'POST',
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    body: '{}',
  })
  if (!answer.ok) throw new Error(`packs could not be registered: ${answer.status} ${await answer.text()}`)
}

import { rename, rm, writeFile } from 'node:fs/promises'

export interface Ready {
  readonly url: string
  readonly api: string
  readonly auth: string
  readonly stream: string
  readonly pid: number
}

/** Appears whole or not at all. */
export async function writeReadyFile(path: string, ready: Ready): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(ready)}\n`)
  await rename(draft, path)
}

export async function removeReadyFile(path: string): Promise<void> {
  await rm(path, { force: true })
}

import { open, rename, rm } from 'node:fs/promises'
import { isAbsent } from './pack-files.ts'

/** Writes a file that must not be there yet, so that it survives a power cut. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes what a file holds, or the names in a folder, survive a power cut; one that is not there holds nothing. */
export function sync(path: string): Promise<void> {
  return tolerantly(async () => {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

export function removeIfThere(path: string): Promise<void> {
  return tolerantly(() => rm(path))
}

export function renameIfThere(from: string, to: string): Promise<void> {
  return tolerantly(() => rename(from, to))
}

async function tolerantly(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}

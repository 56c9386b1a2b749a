import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file to be written, and where. */
export interface FileToWrite {
  readonly path: string
  readonly content: string | Uint8Array
  /** Default: as the file that is replaced, else as the process makes files. */
  readonly mode?: number | undefined
}

/**
 * Writes files so that each is there whole or as it was. All are written aside first: what usually goes wrong (no space, no
 * permission) goes wrong before any of them is replaced.
 *
 * @param mark an id: makes the names of the files aside unique
 */
export async function writeFiles(files: readonly FileToWrite[], mark: string): Promise<void> {
  const aside = files.map((file) => ({ ...file, aside: asideOf(file.path, mark) }))
  try {
    for (const file of aside) await writeAside(file)
    for (const file of aside) await rename(file.aside, file.path)
  } catch (error) {
    await Promise.all(aside.map((file) => rm(file.aside, { force: true })))
    throw error
  }
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await syncFolder(folder)
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Not named as metadata: a registration does not take it for an action. */
function asideOf(path: string, mark: string): string {
  return join(dirname(path), `.${basename(path)}.${mark}.unfinished`)
}

const ASIDE = /^\.(.+)\.[0-9a-f]{24}\.unfinished$/

/** Whether a file is one aside: nobody needs it once nobody writes. */
export function isUnfinished(path: string): boolean {
  return ASIDE.test(basename(path))
}

/** The file that a name aside stands for. */
export function targetPath(path: string): string {
  return join(dirname(path), basename(path).replace(ASIDE, '$1'))
}

async function writeAside(file: FileToWrite & { readonly aside: string }): Promise<void> {
  await mkdir(dirname(file.path), { recursive: true })
  const handle = await open(file.aside, 'wx')
  try {
    await handle.writeFile(file.content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  const mode = file.mode ?? (await modeOf(file.path))
  if (mode !== undefined) await chmod(file.aside, mode & 0o777)
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

import { chmod, copyFile, link, lstat, mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Action } from '@st2/model'
import { type EditJournal, forget, removeJournal, syncEdited, undo, writeJournal } from './edit-journal.ts'
import { isAbsent } from './pack-files.ts'
import { removeIfThere, writeSynced } from './synced-files.ts'
import { asideOf, keptOf } from './unfinished-files.ts'

/** A file to be written, relative to its pack. */
export interface FileToWrite {
  readonly name: string
  readonly content: string | Uint8Array
  /** Default: as the file that is replaced, else as the process makes files. */
  readonly mode?: number | undefined
}

export interface FileChanges {
  /** An id that no other edit has. */
  readonly mark: string
  readonly write: readonly FileToWrite[]
  /** Relative to the pack. */
  readonly remove: readonly string[]
  /**
   * What becomes of the files when the process dies half-way. `undo` is for an edit after which nothing is registered that needs them.
   */
  readonly onCrash: 'finish' | 'undo'
  /** What `then` is going to register; finishing the edit after a crash registers it. */
  readonly action?: Action | undefined
}

/**
 * Changes files of a pack and then does what depends on them, all or nothing: when anything fails the files are as they were; when the
 * process dies, `endUnfinishedEdit` does the rest. All are written aside first, so that what usually goes wrong (no space, no
 * permission) goes wrong before any of them is replaced.
 */
export async function changeFiles<T>(packPath: string, changes: FileChanges, then: () => Promise<T>): Promise<T> {
  const journal = await journalOf(packPath, changes)
  try {
    for (const file of changes.write) await writeAside(packPath, file, changes.mark)
    await writeJournal(packPath, journal)
  } catch (error) {
    await forget(packPath, journal)
    throw error
  }
  const result = await changeAll(packPath, journal, then)
  await removeJournal(packPath)
  await forget(packPath, journal)
  return result
}

async function changeAll<T>(packPath: string, journal: EditJournal, then: () => Promise<T>): Promise<T> {
  const { mark, write, remove, existed } = journal
  try {
    for (const path of existed.map((name) => join(packPath, name))) await keep(path, keptOf(path, mark))
    for (const path of write.map((name) => join(packPath, name))) await rename(asideOf(path, mark), path)
    for (const name of remove) await removeIfThere(join(packPath, name))
    await syncEdited(packPath, journal)
    return await then()
  } catch (error) {
    // From here on a crash must not finish what was refused.
    await writeJournal(packPath, { ...journal, onCrash: 'undo', action: undefined })
    await undo(packPath, journal)
    await removeJournal(packPath)
    throw error
  }
}

async function journalOf(
  packPath: string,
  { mark, write, remove, onCrash, action }: FileChanges,
): Promise<EditJournal> {
  const names = write.map(({ name }) => name)
  const replaced = await thoseThere(packPath, names)
  const removed = await thoseThere(packPath, remove)
  return { mark, write: names, remove: removed, existed: [...replaced, ...removed], onCrash, action }
}

async function writeAside(packPath: string, file: FileToWrite, mark: string): Promise<void> {
  const path = join(packPath, file.name)
  await mkdir(dirname(path), { recursive: true })
  await writeSynced(asideOf(path, mark), file.content)
  const mode = file.mode ?? (await modeOf(path))
  if (mode !== undefined) await chmod(asideOf(path, mark), mode & 0o777)
}

/** Under a second name, which costs nothing, where the file system and the owner of the file allow it. */
async function keep(path: string, as: string): Promise<void> {
  try {
    await link(path, as)
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && NO_LINKS.includes(String(error.code))
    if (!isRefused) throw error
    await copyFile(path, as)
  }
}

const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

async function thoseThere(packPath: string, names: readonly string[]): Promise<string[]> {
  const areThere = await Promise.all(names.map((name) => isThere(join(packPath, name))))
  return names.filter((_, index) => areThere[index])
}

/** A link counts, wherever it leads. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

import { readFile, realpath, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isAbsent, isInside } from './pack-files.ts'
import { removeIfThere, renameIfThere, sync, writeSynced } from './synced-files.ts'
import { asideOf, isMark, JOURNAL_FILE, keptOf } from './unfinished-files.ts'

/**
 * What an edit of a pack's files is about to do, written before any of them is touched: whoever finds it after a crash ends the
 * edit, in one of the two ways. Paths are relative to the pack.
 */
export interface EditJournal {
  /** An id: makes the names of the files beside the edited ones. */
  readonly mark: string
  readonly write: readonly string[]
  readonly remove: readonly string[]
  /** Those of both that were there before. */
  readonly existed: readonly string[]
  readonly onCrash: 'finish' | 'undo'
  /** What finishing it registers: an action, all but checked. */
  readonly action?: Readonly<Record<string, unknown>> | undefined
}

/** Durable, and there whole or not at all. */
export async function writeJournal(packPath: string, journal: EditJournal): Promise<void> {
  const path = join(packPath, JOURNAL_FILE)
  const aside = asideOf(path, journal.mark)
  await removeIfThere(aside)
  await writeSynced(aside, JSON.stringify(journal))
  await rename(aside, path)
  await sync(packPath)
}

/** Null for a file that is none of ours: a journal is there whole, and names nothing outside of its pack. */
export async function readJournal(packPath: string): Promise<EditJournal | null> {
  try {
    const journal: unknown = JSON.parse(await readFile(join(packPath, JOURNAL_FILE), 'utf8'))
    return isJournal(journal) && (await staysInside(packPath, journal)) ? journal : null
  } catch (error) {
    if (isAbsent(error) || error instanceof SyntaxError) return null
    throw error
  }
}

export function removeJournal(packPath: string): Promise<void> {
  return removeIfThere(join(packPath, JOURNAL_FILE))
}

/** Puts every file where it was to go. May be done again. */
export async function finish(packPath: string, journal: EditJournal): Promise<void> {
  const { mark, write, remove } = journal
  for (const path of write.map((name) => join(packPath, name))) await renameIfThere(asideOf(path, mark), path)
  for (const name of remove) await removeIfThere(join(packPath, name))
  await forget(packPath, journal)
  await syncEdited(packPath, journal)
}

/** Puts every file back as it was. May be done again. */
export async function undo(packPath: string, journal: EditJournal): Promise<void> {
  const { mark, write, remove, existed } = journal
  for (const name of [...write, ...remove]) {
    const path = join(packPath, name)
    // NOTE: renaming one name of a file to another of the same file does nothing; `forget` removes the first then.
    if (existed.includes(name)) await renameIfThere(keptOf(path, mark), path)
    else await removeIfThere(path)
  }
  await forget(packPath, journal)
  await syncEdited(packPath, journal)
}

/** Removes what stands beside the edited files. */
export async function forget(packPath: string, { mark, write, remove }: EditJournal): Promise<void> {
  for (const name of [...write, ...remove]) {
    await removeIfThere(asideOf(join(packPath, name), mark))
    await removeIfThere(keptOf(join(packPath, name), mark))
  }
}

export async function syncEdited(packPath: string, { write, remove }: EditJournal): Promise<void> {
  const folders = new Set([...write, ...remove].map((name) => dirname(join(packPath, name))))
  for (const folder of folders) await sync(folder)
}

function isJournal(value: unknown): value is EditJournal {
  if (typeof value !== 'object' || value === null) return false
  const { mark, write, remove, existed, onCrash, action }: Partial<Record<keyof EditJournal, unknown>> = value
  return (
    isMark(mark) &&
    [write, remove, existed].every(isTexts) &&
    (onCrash === 'finish' || onCrash === 'undo') &&
    (action === undefined || (typeof action === 'object' && action !== null))
  )
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

async function staysInside(packPath: string, { write, remove }: EditJournal): Promise<boolean> {
  const pack = await realpath(packPath)
  for (const name of [...write, ...remove]) {
    if (!isInside(await realpath(dirname(join(packPath, name))), pack)) return false
  }
  return true
}

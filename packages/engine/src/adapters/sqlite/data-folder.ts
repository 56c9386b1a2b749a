import { randomBytes } from 'node:crypto'
import {
  constants,
  accessSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The data folder can not be used; the message is one line for whoever started the server. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/** A folder that this process alone uses until it closes it or ends, however it ends. */
export interface DataFolder {
  readonly path: string
  /** Stable for the life of the folder: 32 hex digits. */
  readonly instance: string
  /** Grows with every opening. */
  readonly epoch: number
  close(): void
}

/** Kept here too: a connection that nobody refers to is closed by the garbage collector, and its lock with it. */
const heldLocks = new Set<DatabaseSync>()

const LOCK_FILE = 'lock'
const PID_FILE = 'lock.pid'
const INSTANCE_FILE = 'instance'
const EPOCH_FILE = 'epoch'

/**
 * Makes the folder when it is missing, readable by its owner only, and takes its lock: a lock of the kernel on a file
 * in it, which goes with the process.
 *
 * @throws DataFolderError when it is no folder, may not be written, or another server uses it
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder)
  makeFolder(path)
  const lock = takeLock(path)
  try {
    writeDurably(path, PID_FILE, String(process.pid))
    const instance = readOrMake(path, INSTANCE_FILE, () => randomBytes(16).toString('hex'))
    const epoch = nextEpoch(path)
    return { path, instance, epoch, close: () => release(lock) }
  } catch (error) {
    release(lock)
    throw refusal(path, error)
  }
}

/** Processes of one host that share a data folder, at most. */
const MAX_PROCESSES = 256

/**
 * A folder of its own, below the data folder, for one of several processes: the first that nobody uses, so that who starts again
 * finds what its predecessor left.
 *
 * @throws DataFolderError
 */
export async function openProcessFolder(dataDir: string): Promise<DataFolder> {
  for (let number = 0; number < MAX_PROCESSES; number++) {
    try {
      return await openDataFolder(join(dataDir, 'processes', String(number)))
    } catch (error) {
      if (!(error instanceof DataFolderError) || !isLocked(error.cause)) throw error
    }
  }
  throw new DataFolderError(`data folder ${dataDir} is in use by ${MAX_PROCESSES} processes already`)
}

function makeFolder(path: string): void {
  try {
    makeFolders(path)
    if (!statSync(path).isDirectory()) throw new DataFolderError(`data folder ${path} is not a folder`)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw refusal(path, error)
  }
}

// NOTE: not `recursive: true`, which never returns where a parent exists but takes no folders, as below /proc.
function makeFolders(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return
    if (!hasCode(error, 'ENOENT') || existsSync(dirname(path))) throw error
    makeFolders(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  }
}

/** SQLite's exclusive lock is a kernel's file lock: nothing that a killed process could leave behind. */
function takeLock(path: string): DatabaseSync {
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(join(path, LOCK_FILE), { timeout: 0 })
    lock.exec('begin exclusive')
    heldLocks.add(lock)
    return lock
  } catch (error) {
    lock?.close()
    if (!isLocked(error)) throw refusal(path, error)
    throw new DataFolderError(`data folder ${path} is in use by another server${holder(path)}`, { cause: error })
  }
}

function release(lock: DatabaseSync): void {
  if (heldLocks.delete(lock)) lock.close()
}

function holder(path: string): string {
  try {
    return ` (pid ${Number.parseInt(readFileSync(join(path, PID_FILE), 'utf8'), 10)})`
  } catch (error) {
    return hasCode(error, 'ENOENT') ? '' : ' (its pid is not known)'
  }
}

function nextEpoch(path: string): number {
  const text = readOrMake(path, EPOCH_FILE, () => '0')
  const last = Number(text)
  if (!Number.isSafeInteger(last) || last < 0)
    throw new DataFolderError(`data folder ${path} is damaged: ${join(path, EPOCH_FILE)} does not hold a number`)
  writeDurably(path, EPOCH_FILE, String(last + 1))
  return last + 1
}

function readOrMake(path: string, name: string, make: () => string): string {
  try {
    const text = readFileSync(join(path, name), 'utf8').trim()
    if (text !== '') return text
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
  const made = make()
  writeDurably(path, name, made)
  return made
}

/** Old content or new, never half of it, even when the power goes. */
function writeDurably(path: string, name: string, text: string): void {
  const file = join(path, name)
  const draft = openSync(`${file}.new`, 'w', 0o600)
  writeSync(draft, `${text}\n`)
  fsyncSync(draft)
  closeSync(draft)
  renameSync(`${file}.new`, file)
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function refusal(path: string, error: unknown): DataFolderError {
  if (error instanceof DataFolderError) return error
  return new DataFolderError(`data folder ${path} ${reasonOf(error)}`, { cause: error })
}

function reasonOf(error: unknown): string {
  if (hasCode(error, 'EEXIST') || hasCode(error, 'ENOTDIR')) return 'is not a folder'
  if (hasCode(error, 'ENOENT')) return 'can not be made: its parent takes no folders'
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) return 'is not writable: permission denied'
  if (hasCode(error, 'EROFS')) return 'is not writable: the file system is read-only'
  if (hasCode(error, 'ENOSPC')) return 'is not writable: the disk is full'
  return `can not be used: ${error instanceof Error ? error.message : String(error)}`
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** SQLITE_BUSY. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

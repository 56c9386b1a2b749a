import { realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { AccessDeniedError, InvalidError, TooLargeError, UnavailableError } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import { copyPack } from './copy-pack.ts'
import { isAbsent, outside, type PackFiles, plain } from './pack-files.ts'
import type { PackStore } from './pack-store.ts'
import { isUnfinished, targetPath, writeFiles } from './write-files.ts'

/** A file below a pack's actions folder. */
export interface ActionFile {
  /** Relative to `<pack>/actions`. */
  readonly path: string
  readonly content: string | Uint8Array
  readonly mode?: number | undefined
}

export interface PackEditorOptions {
  readonly packFiles: PackFiles
  readonly packs: PackStore
  readonly ids: Ids
  /** The only folder that is written to. */
  readonly writablePacksDir: string
  /** `[content] max_data_file_size`, bytes. */
  readonly maxFileSize: number
  /** `[content] max_pack_files` */
  readonly maxPackFiles: number
}

/**
 * Changes the files of packs, below their actions folder only. A pack that lies elsewhere on the search path, a shipped one
 * say, stays as it is: it is copied first, and the copy comes first from then on.
 */
export class PackEditor {
  readonly #options: PackEditorOptions

  constructor(options: PackEditorOptions) {
    this.#options = options
  }

  /**
   * Writes files, all or none, and tells the pack's document. Answers their absolute paths.
   *
   * @throws InvalidError a path out of the actions folder, or no permission
   * @throws TooLargeError a file over the limit
   * @throws UnavailableError the disk refuses
   */
  async write(pack: string, files: readonly ActionFile[]): Promise<string[]> {
    if (files.length === 0) return []
    for (const { path, content } of files) this.checkSize(path, Buffer.byteLength(content))
    const packPath = await this.#editable(pack)
    const paths = await Promise.all(files.map(({ path }) => targetOf(packPath, path)))
    await this.#makeRoom(packPath, files)
    const written = files.map((file, index) => ({ ...file, path: paths[index] ?? '' }))
    try {
      await writeFiles(written, this.#options.ids.next())
    } catch (error) {
      throw notWritten(error, packPath)
    }
    await this.#tellPack(pack, packPath)
    return paths
  }

  /**
   * Removes files that are there.
   *
   * @param names relative to `<pack>/actions`
   * @throws AccessDeniedError, UnavailableError the file stays
   */
  async remove(pack: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return
    const packPath = await this.#editable(pack)
    for (const name of names) await removeOne(await targetOf(packPath, name))
    await this.#tellPack(pack, packPath)
  }

  /** @throws TooLargeError */
  checkSize(path: string, size: number): void {
    if (size <= this.#options.maxFileSize) return
    throw new TooLargeError(
      `File "${path}" has ${size} bytes, more than ${this.#options.maxFileSize}, the most there may be ` +
        '([content] max_data_file_size).',
    )
  }

  /** Removes what a crash left behind. With too many files the pack would not register any more. */
  async #makeRoom(packPath: string, files: readonly ActionFile[]): Promise<void> {
    const found = await this.#options.packFiles.listFiles(packPath)
    for (const file of found.filter(isUnfinished)) await rm(join(packPath, file), { force: true })
    const there = found.filter((file) => !isUnfinished(file))
    const count = new Set([...there, ...files.map(({ path }) => `actions/${path}`)]).size
    if (count <= this.#options.maxPackFiles) return
    throw new TooLargeError(
      `The pack would have ${count} files, more than ${this.#options.maxPackFiles}, the most there may be ` +
        '([content] max_pack_files).',
    )
  }

  /** The pack's folder, a copy if need be. */
  async #editable(pack: string): Promise<string> {
    const { packFiles, writablePacksDir } = this.#options
    const path = await packFiles.packPath(pack)
    if (path === null) throw new InvalidError(`Directory for pack "${pack}" doesn't exist`)
    if (path === join(writablePacksDir, pack)) {
      await this.#refuseForeign(path)
      return path
    }
    try {
      return await copyPack(path, await packFiles.listFiles(path), writablePacksDir, pack)
    } catch (error) {
      throw notWritten(error, join(writablePacksDir, pack))
    }
  }

  /** A folder that is a link into another one of the search path is not ours to write to. */
  async #refuseForeign(path: string): Promise<void> {
    const real = await realpath(path)
    for (const base of this.#options.packFiles.basePaths) {
      if (base === this.#options.writablePacksDir) continue
      if (isInside(real, await realpathOrSelf(base))) {
        throw new InvalidError(`Pack folder "${path}" leads into "${base}", which is read-only`)
      }
    }
  }

  async #tellPack(ref: string, path: string): Promise<void> {
    const pack = await this.#options.packs.findByRef(ref)
    if (pack === null) return
    await this.#options.packs.save({ ...pack, path, files: await this.#options.packFiles.listFiles(path) })
  }
}

/** The absolute path of a file that may not be there yet. @throws InvalidError when it leads out of the actions folder */
async function targetOf(packPath: string, name: string): Promise<string> {
  const actions = join(packPath, 'actions')
  const path = join(actions, plain(packPath, name))
  // The folder of actions may be missing, and may be a link within the pack.
  const root = await nearest(actions)
  const inside = root === actions ? await realpath(actions) : await realpath(packPath)
  if (!isInside(inside, await realpath(packPath))) throw outside(packPath, name)
  if (!isInside(await realpath(await nearest(dirname(path))), inside)) throw outside(packPath, name)
  if ((await statOrNull(path))?.isDirectory() === true) {
    throw new InvalidError(`"${name}" is a folder in the pack's actions folder, not a file`)
  }
  return path
}

/** The path, or the nearest folder above it that is there. */
async function nearest(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) if ((await statOrNull(at)) !== null || at === dirname(at)) return at
}

async function removeOne(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (cause) {
    if (isDenied(cause)) throw new AccessDeniedError(`No permission to delete "${path}" file from disk`, { cause })
    const message =
      `The action file "${path}" could not be removed from disk, please check the logs or ask your StackStorm ` +
      'administrator to check and delete the actions files manually'
    throw new UnavailableError(message, { cause })
  }
}

function notWritten(cause: unknown, packPath: string): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  const path = 'path' in cause && typeof cause.path === 'string' ? targetPath(cause.path) : packPath
  if (isDenied(cause)) {
    return new InvalidError(
      `Unable to write data to "${path}" (permission denied). Make sure permissions for that pack directory are ` +
        'configured correctly so st2api can write to it.',
      { cause },
    )
  }
  const isWrongPath = ['ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EEXIST'].includes(String(cause.code))
  const message = `Unable to write data to "${path}": ${String(cause.code)}`
  return isWrongPath ? new InvalidError(message, { cause }) : new UnavailableError(message, { cause })
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

async function realpathOrSelf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (isAbsent(error)) return path
    throw error
  }
}

async function statOrNull(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

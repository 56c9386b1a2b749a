import { realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Action, InvalidError, TooLargeError } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import { changeFiles, type FileChanges } from './change-files.ts'
import type { ContentStores } from './content-stores.ts'
import { copyPack } from './copy-pack.ts'
import { notChanged } from './disk-refusals.ts'
import { endUnfinishedEdit } from './end-unfinished-edit.ts'
import { isAbsent, isInside, outside, type PackFiles, plain } from './pack-files.ts'
import { isUnfinished } from './unfinished-files.ts'

/** A file below a pack's actions folder. */
export interface ActionFile {
  /** Relative to `<pack>/actions`. */
  readonly path: string
  readonly content: string | Uint8Array
  readonly mode?: number | undefined
}

/** Files below a pack's actions folder that are to be written and removed; one that is not there needs no removing. */
export interface PackEdit {
  readonly write?: readonly ActionFile[]
  /** Relative to `<pack>/actions`. */
  readonly remove?: readonly string[]
  /** What becomes of a half-done edit of a process that dies. */
  readonly onCrash: FileChanges['onCrash']
  /** What the edit registers. */
  readonly action?: Action
}

export interface PackEditorOptions {
  readonly packFiles: PackFiles
  readonly stores: Pick<ContentStores, 'actions' | 'packs' | 'runnerTypes'>
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
   * Changes files and then does what depends on them, all or nothing; the pack's document is told in between.
   *
   * @param then is given the absolute paths that were written
   * @throws InvalidError a path out of the actions folder, or no permission to write
   * @throws TooLargeError a file over the limit
   * @throws AccessDeniedError no permission to remove
   * @throws UnavailableError the disk refuses
   * @throws what `then` throws
   */
  async change<T>(pack: string, edit: PackEdit, then: (written: readonly string[]) => Promise<T>): Promise<T> {
    const { write = [], remove = [], onCrash, action } = edit
    if (write.length === 0 && remove.length === 0) return then([])
    for (const { path, content } of write) this.checkSize(path, Buffer.byteLength(content))
    const packPath = await this.#editable(pack)
    const written = await Promise.all(write.map(({ path }) => targetOf(packPath, path)))
    const removed = await Promise.all(remove.map((path) => targetOf(packPath, path)))
    await this.#makeRoom(packPath, write)
    const nameOf = (path: string): string => relative(packPath, path)
    const changes = {
      mark: this.#options.ids.next(),
      write: write.map(({ content, mode }, index) => ({ name: nameOf(written[index] ?? ''), content, mode })),
      remove: removed.map(nameOf),
      onCrash,
      action,
    }
    let failure: unknown
    try {
      await endUnfinishedEdit(this.#options.stores, { ref: pack, path: packPath })
      return await changeFiles(packPath, changes, async () => {
        try {
          await this.#tellPack(pack, packPath)
          return await then(written)
        } catch (error) {
          failure = error
          throw error
        }
      })
    } catch (error) {
      if (error !== failure) throw notChanged(error, packPath, removed)
      await this.#tellPack(pack, packPath)
      throw error
    }
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
    const { packFiles } = this.#options
    for (const file of await packFiles.listUnfinished(packPath)) await rm(join(packPath, file), { force: true })
    const there = await packFiles.listFiles(packPath)
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
      throw notChanged(error, join(writablePacksDir, pack), [])
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
    const pack = await this.#options.stores.packs.findByRef(ref)
    if (pack === null) return
    await this.#options.stores.packs.save({ ...pack, path, files: await this.#options.packFiles.listFiles(path) })
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
  if (isUnfinished(path)) throw new InvalidError(`"${name}" is a name that edits use for themselves`)
  if ((await statOrNull(path))?.isDirectory() === true) {
    throw new InvalidError(`"${name}" is a folder in the pack's actions folder, not a file`)
  }
  return path
}

/** The path, or the nearest folder above it that is there. */
async function nearest(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) if ((await statOrNull(at)) !== null || at === dirname(at)) return at
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

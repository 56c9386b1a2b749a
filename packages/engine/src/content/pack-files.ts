import type { Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, relative, sep } from 'node:path'
import { InvalidError, NotFoundError } from '@st2/model'
import { isUnfinished } from './unfinished-files.ts'

/** Bytes of one file that views show. @source rest-api.md /packs/views */
const MAX_VIEWED_FILE_SIZE = 500_000

/** Upstream's rule for the name of a pack's folder. */
const PACK_REF = /^[a-z0-9_]+$/

export interface PackFolder {
  readonly ref: string
  readonly path: string
}

export interface FoundPacks {
  /** By name. */
  readonly packs: readonly PackFolder[]
  /** Folders whose pack was found earlier on the search path. */
  readonly shadowed: readonly PackFolder[]
}

export interface PackFile {
  readonly content: Buffer
  /** Bytes. */
  readonly size: number
  readonly mtimeMs: number
}

/** Where the files of an action are; null for what is not on disk. */
export interface ActionFiles {
  readonly packPath: string | null
  readonly entryPoint: string | null
}

/** The packs on the search path, and their files. Nothing outside a pack's folder is ever reached through it. */
export class PackFiles {
  readonly basePaths: readonly string[]
  readonly #maxFiles: number

  /** @param maxFiles `[content] max_pack_files` */
  constructor(basePaths: readonly string[], maxFiles: number) {
    this.basePaths = basePaths
    this.#maxFiles = maxFiles
  }

  /** Every pack's folder; the first of a name on the search path wins. A base path that is not there holds none. */
  async findPacks(): Promise<FoundPacks> {
    const packs = new Map<string, PackFolder>()
    const shadowed: PackFolder[] = []
    for (const basePath of this.basePaths) {
      for (const ref of await foldersIn(basePath)) {
        const folder = { ref, path: join(basePath, ref) }
        if (packs.has(ref)) shadowed.push(folder)
        else packs.set(ref, folder)
      }
    }
    const inOrder = [...packs.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1))
    return { packs: inOrder, shadowed }
  }

  /** The folder of a pack, or null when none of that name is on the search path. */
  async packPath(ref: string): Promise<string | null> {
    if (!isFolderName(ref)) return null
    for (const basePath of this.basePaths) {
      const path = join(basePath, ref)
      if ((await statOf(path))?.isDirectory() === true) return path
    }
    return null
  }

  /**
   * The absolute path of an action's entry point: relative to `<pack>/actions`, or absolute inside the pack.
   *
   * @throws InvalidError when it leads out of the pack
   */
  async locate(pack: string, entryPoint: string): Promise<ActionFiles> {
    const packPath = await this.packPath(pack)
    if (packPath === null || entryPoint === '') return { packPath, entryPoint: null }
    const path = isAbsolute(entryPoint)
      ? insideOrRefuse(packPath, relative(packPath, entryPoint), entryPoint)
      : insideOrRefuse(packPath, join('actions', plain(packPath, entryPoint)), entryPoint)
    return { packPath, entryPoint: await confined(packPath, path, entryPoint) }
  }

  /**
   * A file of a pack for a view.
   *
   * @param file relative to the pack
   * @throws NotFoundError no such pack or file
   * @throws InvalidError a path out of the pack, or a file larger than views show
   */
  async readFile(pack: string, file: string): Promise<PackFile> {
    if ((await this.packPath(pack)) === null) throw new NotFoundError(`Pack "${pack}" not found`)
    return readViewed(await this.findFile(pack, file), file)
  }

  /**
   * The absolute path of a file of a pack; null when there is none.
   *
   * @param file relative to the pack
   * @throws InvalidError when it leads out of the pack
   */
  async findFile(pack: string, file: string): Promise<string | null> {
    const packPath = await this.packPath(pack)
    return packPath === null ? null : confined(packPath, join(packPath, plain(packPath, file)), file)
  }

  /**
   * The file that an action names as its entry point, for a view; null when it names none.
   *
   * @throws NotFoundError it is not there
   * @throws InvalidError it leads out of the pack, or is larger than views show
   */
  async readEntryPoint(pack: string, entryPoint: string): Promise<PackFile | null> {
    if (entryPoint === '') return null
    return readViewed((await this.locate(pack, entryPoint)).entryPoint, entryPoint)
  }

  /** Names of a pack's files, relative to it, sorted; `*.pyc`, what git keeps and what edits are at are left out. */
  async listFiles(packPath: string): Promise<string[]> {
    return (await this.#listAll(packPath)).filter((file) => !isUnfinished(file))
  }

  /** Names of what edits are at; when nobody edits the pack, of what a crash has left. */
  async listUnfinished(packPath: string): Promise<string[]> {
    return (await this.#listAll(packPath)).filter(isUnfinished)
  }

  async #listAll(packPath: string): Promise<string[]> {
    const files: string[] = []
    const waiting = ['']
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      for (const entry of await readdir(join(packPath, folder), { withFileTypes: true })) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) {
          if (name !== '.git') waiting.push(name)
        } else if (!name.endsWith('.pyc')) files.push(name)
      }
      if (files.length > this.#maxFiles) {
        throw new InvalidError(`more than ${this.#maxFiles} files, the most there may be ([content] max_pack_files)`)
      }
    }
    return files.sort()
  }
}

export function isPackRef(ref: string): boolean {
  return PACK_REF.test(ref)
}

/** One path segment that stays one. */
function isFolderName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0')
}

async function foldersIn(basePath: string): Promise<string[]> {
  try {
    const entries = await readdir(basePath, { withFileTypes: true })
    const folders: string[] = []
    for (const entry of entries) {
      if (entry.name === '__pycache__' || entry.name.startsWith('.')) continue
      const isFolder =
        entry.isDirectory() ||
        (entry.isSymbolicLink() && (await statOf(join(basePath, entry.name)))?.isDirectory() === true)
      if (isFolder) folders.push(entry.name)
    }
    return folders.sort()
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

async function readViewed(path: string | null, written: string): Promise<PackFile> {
  const stats = path === null ? null : await statOf(path)
  if (path === null || stats === null || !stats.isFile()) throw new NotFoundError(`File "${written}" not found`)
  if (stats.size > MAX_VIEWED_FILE_SIZE) {
    throw new InvalidError(`File ${written} exceeds maximum allowed file size (${MAX_VIEWED_FILE_SIZE} bytes)`)
  }
  return { content: await readFile(path), size: stats.size, mtimeMs: stats.mtimeMs }
}

/** The path as it is, if it says nothing twice and never goes up. */
export function plain(packPath: string, file: string): string {
  const isPlain = !file.includes('\0') && normalize(`/${file}`).slice(1) === file && file !== ''
  if (!isPlain) throw outside(packPath, file)
  return file
}

function insideOrRefuse(packPath: string, inPack: string, written: string): string {
  const leaves = inPack === '..' || inPack.startsWith(`..${sep}`) || isAbsolute(inPack) || written.includes('\0')
  if (leaves) throw outside(packPath, written)
  return join(packPath, inPack)
}

/** The path with symbolic links followed; null when nothing is there. @throws InvalidError when it leads out of the pack */
async function confined(packPath: string, path: string, written: string): Promise<string | null> {
  try {
    const [realPack, realFile] = await Promise.all([realpath(packPath), realpath(path)])
    if (realFile !== realPack && !realFile.startsWith(realPack + sep)) throw outside(packPath, written)
    return path
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

export function outside(packPath: string, file: string): InvalidError {
  return new InvalidError(
    `Invalid file path: "${file}". File path needs to be relative to the pack directory (${packPath}). For example ` +
      '"my_action.py".',
  )
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

const ABSENT = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ABSENT.includes(String(error.code))
}

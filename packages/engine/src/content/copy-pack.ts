import { chmod, copyFile, lstat, mkdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sync } from './synced-files.ts'

const OWNER_MAY_WRITE = 0o200

/**
 * Copies a pack's files to where they may be edited. The folder is there under its name with all files or not at all: what
 * a crash leaves behind begins with a dot, which no registration looks at, and goes with the next copy.
 *
 * @param files of the pack, relative
 */
export async function copyPack(from: string, files: readonly string[], packsDir: string, ref: string): Promise<string> {
  const unfinished = join(packsDir, `.copy-of-${ref}`)
  const finished = join(packsDir, ref)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(join(unfinished, 'actions'), { recursive: true })
  for (const file of files) await copyOne(join(from, file), join(unfinished, file))
  await rename(unfinished, finished)
  await sync(packsDir)
  return finished
}

/** A link stays the link it is: whoever follows it checks where it leads. */
async function copyOne(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  if ((await lstat(from)).isSymbolicLink()) return symlink(await readlink(from), to)
  await copyFile(from, to)
  await chmod(to, (await stat(from)).mode | OWNER_MAY_WRITE)
  await sync(to)
}

import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Raised when the same files are registered differently than before. */
const REGISTRATION_VERSION = 1

/**
 * A text that changes when registering the pack again could give something else: its files' names, size and time of its
 * metadata files, and what else went into it.
 *
 * @param files of the pack, relative
 * @param others absolute; files outside the pack, there or not
 * @param basis what all packs depend on
 */
export async function packFingerprint(
  packPath: string,
  files: readonly string[],
  others: readonly string[],
  basis: string,
): Promise<string> {
  const watched = [...files.filter(isMetadata).map((file) => join(packPath, file)), ...others]
  const states = await Promise.all(watched.map(async (file) => `${file} ${await stateOf(file)}`))
  const hash = createHash('sha256')
  hash.update(JSON.stringify([REGISTRATION_VERSION, packPath, basis, files, states]))
  return hash.digest('hex')
}

/** Files that are read when a pack is registered: YAML at the top of the pack or of one of its folders. */
function isMetadata(file: string): boolean {
  return /^(?:[^/]+\/)?[^/]+\.ya?ml$/.test(file)
}

async function stateOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file)
    return `${size} ${mtimeMs}`
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code)
    throw error
  }
}

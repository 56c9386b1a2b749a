import { InvalidError, NotFoundError, type Pack, TooLargeError } from '@st2/model'
import type { PackFiles } from './pack-files.ts'

/** Bytes of all texts of one pack that are shown at once. */
const MAX_PACK_TEXTS_SIZE = 32 * 1024 * 1024
/** How much of a file tells whether it is a text. @source rest-api.md 9.8 */
const LOOKED_AT = 1024
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

export interface PackText {
  readonly file_path: string
  readonly content: string
}

/**
 * The texts of a pack. Files that are gone, too large to be shown, outside of the pack or no text are left out.
 *
 * @throws TooLargeError when there is more than can be answered at once
 */
export async function packTexts(packFiles: PackFiles, pack: Pack): Promise<PackText[]> {
  const texts: PackText[] = []
  let size = 0
  for (const file of pack.files) {
    const content = await readIfShown(packFiles, pack.ref, file)
    if (content === null || !isText(content)) continue
    size += content.length
    if (size > MAX_PACK_TEXTS_SIZE) {
      throw new TooLargeError(
        `The files of pack "${pack.ref}" have more than ${MAX_PACK_TEXTS_SIZE} bytes; ask for them one by one.`,
      )
    }
    texts.push({ file_path: file, content: content.toString('utf8') })
  }
  return texts
}

async function readIfShown(packFiles: PackFiles, pack: string, file: string): Promise<Buffer | null> {
  try {
    return (await packFiles.readFile(pack, file)).content
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof InvalidError) return null
    throw error
  }
}

function isText(content: Buffer): boolean {
  const start = content.subarray(0, LOOKED_AT)
  return !start.includes(BYTE_ORDER_MARK) && !start.includes(0)
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const COMPRESSIBLE = /\.(?:js|css|svg)$/
/** Bytes that have to be saved. */
const WORTH_COMPRESSING = 512

/**
 * Puts a compressed copy beside each asset, for servers that send it as it is. Only hashed files: what people edit in place (`config.js`) must
 * not have a copy that goes stale.
 */
export function compressAssets(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => COMPRESSIBLE.test(file))) {
    const bytes = readFileSync(join(folder, name))
    const compressed = gzipSync(bytes, { level: 9 })
    if (bytes.length - compressed.length >= WORTH_COMPRESSING) writeFileSync(join(folder, `${name}.gz`), compressed)
  }
}

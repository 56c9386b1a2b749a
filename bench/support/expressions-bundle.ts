import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

export interface BundleFigures {
  readonly bytes: number
  readonly gzip_bytes: number
  readonly brotli_bytes: number
  /** What a browser would refuse or must not have: text made into code, and modules of Node. */
  readonly forbidden: readonly string[]
}

const FORBIDDEN = /\beval\s*\(|\bnew\s+Function\b|(?<![.\w$])Function\s*\(|["'`]node:/g

/** The package of expressions as a browser loads it. */
export async function browserBundle(): Promise<BundleFigures> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@st2/expressions'", resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    legalComments: 'none',
    write: false,
  })
  const { contents, text } = outputFiles[0] ?? { contents: new Uint8Array(), text: '' }
  return {
    bytes: contents.length,
    gzip_bytes: gzipSync(contents, { level: 9 }).length,
    brotli_bytes: brotliCompressSync(contents).length,
    forbidden: text.match(FORBIDDEN) ?? [],
  }
}

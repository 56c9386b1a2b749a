import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** What a browser may have to load for workflows, expressions included. */
const MOST_COMPRESSED_BYTES = 200_000
const OWN_SOURCES = /packages\/(?:orquesta|expressions|python-values|schema|yaml|model)\/src\//

describe('the bundle for browsers', () => {
  const bundled = build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    legalComments: 'none',
    write: false,
    metafile: true,
  })

  it('is small', async () => {
    const text = (await bundled).outputFiles[0]?.text ?? ''
    expect(text.length).toBeGreaterThan(MOST_COMPRESSED_BYTES / 2)
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(MOST_COMPRESSED_BYTES)
  })

  it('makes no code out of text', async () => {
    const text = (await bundled).outputFiles[0]?.text ?? ''
    expect(
      text.match(/\beval\s*\(|\bnew\s+Function\b|(?<![.\w$])Function\s*\(|setTimeout\s*\(|\bimport\s*\(/g),
    ).toBeNull()
  })

  it('has no clock and no chance of its own', async () => {
    const { metafile, outputFiles } = await bundled
    expect(Object.keys(metafile.inputs).some((path) => path.endsWith('packages/orquesta/src/index.ts'))).toBe(true)
    expect(outputFiles[0]?.text.match(/Math\.random|Date\.now|new Date\(\)|performance\.now/g) ?? null).toBeNull()
  })

  it('needs no module of Node and no other package', async () => {
    const { metafile, outputFiles } = await bundled
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path))
    expect(imports).toEqual([])
    expect(outputFiles[0]?.text.match(/["'`]node:/g) ?? null).toBeNull()
    expect(Object.keys(metafile.inputs).filter((path) => !OWN_SOURCES.test(path))).toEqual([])
  })
})

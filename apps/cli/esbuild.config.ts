/** Bundles the command line into one file that starts faster than its sources: node esbuild.config.ts [FILE] (default dist/st2.mjs). */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

await build({
  entryPoints: [here('src/main.ts')],
  outfile: process.argv[2] ?? here('dist/st2.mjs'),
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'none',
})

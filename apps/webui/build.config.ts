/**
 * Builds the WebUI into dist/: node build.config.ts. It is built beside and then takes the place of the
 * previous one, so that a build that fails, or is stopped, leaves what was there.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { compressAssets } from './compress-assets.ts'

/** @param config besides the root: what differs from its vite.config.ts */
export async function buildWebui(root: string, config: InlineConfig = {}): Promise<void> {
  // On the same file system as dist/, and among what is neither a source nor delivered.
  const workshop = join(root, 'node_modules', `.build-${process.pid}`)
  const made = join(workshop, 'made')
  try {
    await build({ ...config, root, build: { outDir: made, emptyOutDir: true } })
    compressAssets(join(made, 'assets'))
    exchange(made, join(root, 'dist'), join(workshop, 'previous'))
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function exchange(made: string, place: string, previous: string): void {
  mkdirSync(place, { recursive: true })
  renameSync(place, previous)
  renameSync(made, place)
}

if (import.meta.main) await buildWebui(import.meta.dirname, { logLevel: 'warn' })

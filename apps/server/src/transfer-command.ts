import { derivePaths, loadConfig } from '@st2/engine'
import { openBackends } from './backends.ts'
import { configFiles } from './config-files.ts'
import { createLogger } from './log.ts'
import { parseCommandLine } from './options.ts'
import { UsageError } from './program-arguments.ts'
import { Stoppers } from './stoppers.ts'
import { exportTo, importFrom } from './transfer.ts'

export const TRANSFER_VERBS = ['export', 'import'] as const
export type TransferVerb = (typeof TRANSFER_VERBS)[number]

/**
 * `st2-server export FILE`, `st2-server import FILE`: copies a store, whichever it is, so that a single box can grow into a deployment
 * and back. The store must not be in use: an embedded one is locked, and of a shared one nobody else may write meanwhile.
 *
 * Keys, users and packs are files of the data folder and are copied as such.
 */
export async function transfer(
  verb: TransferVerb,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  tell: { readonly step: (text: string) => void; readonly problem: (text: string) => void },
): Promise<string> {
  const [file, ...rest] = args
  if (file === undefined || file.startsWith('-')) throw new UsageError(`${verb} FILE: which file?`)
  const options = parseCommandLine(rest)
  if ('show' in options) throw new UsageError(`${verb} FILE [--data-dir FOLDER] [--config-file FILE]`)
  const files = configFiles(options.configFiles, env)
  const loaded = loadConfig({ files, env, overrides: options.overrides })
  const log = createLogger(loaded.config)
  const paths = derivePaths(loaded, { workingDir: process.cwd(), shippedPacksDir: process.cwd() })
  const stoppers = new Stoppers()
  try {
    const { store, blobs } = await openBackends({ loaded, paths, log, stoppers, ...tell })
    const parts = { store, blobs, tell: tell.step }
    const counts = verb === 'export' ? await exportTo(file, parts) : await importFrom(file, parts)
    return `${verb}ed ${counts.documents} documents and ${counts.blobs} results`
  } finally {
    await stoppers.run(log)
  }
}

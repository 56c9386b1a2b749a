/** The source files the rules speak of, found without any of the tools that judge them: what those overlook shows up as a difference. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const roots = ['packages', 'apps', 'e2e', 'bench', 'scripts'] as const
const sourceName = /\.(?:[mc]?tsx?|[mc]?jsx?)$/
/** Fixtures of conformance suites are data, even where they look like code. */
const skippedFolders = new Set(['node_modules', 'dist', 'conformance', '.st2', '.cache', 'public'])

/** @returns paths relative to `root`, with `/`, sorted */
export function listSourceFiles(root: string): string[] {
  return roots.flatMap((folder) => filesBelow(root, folder)).toSorted()
}

function filesBelow(root: string, folder: string): string[] {
  const found: string[] = []
  for (const entry of entriesOf(join(root, folder))) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) found.push(...filesBelow(root, path))
    if (entry.isFile() && sourceName.test(entry.name)) found.push(path)
  }
  return found
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return []
    throw err
  }
}

import { join } from 'node:path'

/** What a browser loads first, whatever screen is asked for: the frame and the screen that the address `/` leads to. */
const ROOTS = ['src/main.tsx', 'src/features/history/HistoryScreen.tsx']

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/**
 * Puts the first view into one chunk: left alone it would be some sixty, which compress worse by a tenth.
 *
 * @returns the name of the chunk of a module; null: whichever it comes to by itself
 */
export function firstViewChunk(root: string): (id: string, graph: ModuleGraph) => string | null {
  let modules: ReadonlySet<string> | null = null
  return (id, graph) => {
    modules ??= reachable(
      ROOTS.map((path) => join(root, path)),
      graph,
    )
    return modules.has(id) ? 'first' : null
  }
}

/** What is imported by something imported, but not what is imported when it is needed. */
function reachable(roots: readonly string[], graph: ModuleGraph): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [...roots]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const info = found.has(id) ? null : graph.getModuleInfo(id)
    if (info === null) continue
    found.add(id)
    waiting.push(...info.importedIds)
  }
  return found
}

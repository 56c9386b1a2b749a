/** Judges every layer rule over a repository. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ambientAccess } from './ambient-access.ts'
import { readImportGraph } from './import-graph.ts'
import { engineLines, layers, vagueName } from './layer-tables.ts'
import { listSourceFiles } from './source-files.ts'
import { undeclaredDependencies } from './undeclared-dependencies.ts'
import type { Violation } from './violation.ts'
import { readWorkspace } from './workspace.ts'

export interface LayerReport {
  readonly files: number
  readonly violations: readonly Violation[]
}

export async function checkLayers(root: string): Promise<LayerReport> {
  const files = listSourceFiles(root)
  const workspace = readWorkspace(root)
  const graph = await readImportGraph(root, files, workspace)
  return {
    files: files.length,
    violations: [
      ...notCruised(files, graph.modules),
      ...files.flatMap(placement),
      ...graph.violations,
      ...undeclaredDependencies(graph, workspace),
      ...files.flatMap((file) => ambientAccess(file, readFileSync(join(root, file), 'utf8'))),
    ],
  }
}

/**
 * dependency-cruiser that finds no compiler reads no TypeScript and reports success; what it has not read, it has not judged.
 */
export function notCruised(files: readonly string[], cruised: ReadonlySet<string>): Violation[] {
  if (files.length === 0) return [{ rule: 'every-file-is-judged', file: '.', detail: 'no source files found' }]
  const missed = files.filter((file) => !cruised.has(file))
  return missed.map((file) => ({ rule: 'every-file-is-judged', file, detail: 'its imports were not read' }))
}

function placement(file: string): Violation[] {
  const violations: Violation[] = []
  if (vagueName.test(file)) {
    violations.push({ rule: 'no-vague-name', file, detail: 'a name says what the file holds' })
  }
  if (!layers.some((layer) => file.startsWith(`${layer.folder}/`))) {
    violations.push({
      rule: 'listed-in-layers',
      file,
      detail: 'its folder has no line in scripts/layers/layer-tables.ts',
    })
  }
  const engineFolder = /^packages\/engine\/src\/([^/]+)\//.exec(file)?.[1]
  if (engineFolder !== undefined && !engineLines.flat().includes(engineFolder)) {
    violations.push({
      rule: 'listed-in-layers',
      file,
      detail: `engineLines has no place for the folder ${engineFolder}`,
    })
  }
  return violations
}

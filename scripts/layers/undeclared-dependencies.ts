/** Every package a file imports must stand in the manifest of the package the file belongs to. */
import type { ImportGraph } from './import-graph.ts'
import { testPaths, toolConfigPath } from './layer-tables.ts'
import type { Violation } from './violation.ts'
import { packageOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

export function undeclaredDependencies(graph: ImportGraph, workspace: Workspace): Violation[] {
  const violations: Violation[] = []
  for (const edge of graph.edges) {
    if (edge.kind !== 'package' || !graph.modules.has(edge.from)) continue
    const name = packageName(edge.specifier)
    if (isDeclared(workspace, edge.from, name)) continue
    const owner = packageOf(workspace, edge.from)
    const manifest = owner === null ? 'package.json' : `${owner.folder}/package.json`
    violations.push({
      rule: 'no-undeclared-dependency',
      file: edge.from,
      detail: `imports ${edge.specifier}, which ${manifest} does not declare`,
    })
  }
  return violations
}

/** What ships needs a dependency; tests and tool configurations may use the package's and the root's development tools. */
function isDeclared(workspace: Workspace, file: string, name: string): boolean {
  const owner = packageOf(workspace, file)
  if (owner?.dependencies.has(name) || owner?.name === name) return true
  const drives = [...testPaths, toolConfigPath].some((pattern) => pattern.test(file))
  return drives && (owner?.devDependencies.has(name) || workspace.rootDevDependencies.has(name))
}

function packageName(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

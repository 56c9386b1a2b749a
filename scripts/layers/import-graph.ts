/** Reads who imports whom with dependency-cruiser and lets it judge the import rules. */
import { cruise } from 'dependency-cruiser'
import type { ICruiseResult, IViolation } from 'dependency-cruiser'
import { importRules } from './import-rules.ts'
import type { Violation } from './violation.ts'
import type { Workspace } from './workspace.ts'

export interface ImportEdge {
  readonly from: string
  /** As written in the import. */
  readonly specifier: string
  /** `node:x`, or a package, or a path. */
  readonly kind: 'node' | 'relative' | 'package'
}

export interface ImportGraph {
  /** The source files the graph was read from. */
  readonly modules: ReadonlySet<string>
  readonly edges: readonly ImportEdge[]
  readonly violations: readonly Violation[]
}

export async function readImportGraph(root: string, files: string[], workspace: Workspace): Promise<ImportGraph> {
  const rules = importRules(workspace)
  const { output } = await cruise(files, {
    baseDir: root,
    // Type-only imports count: a layer that needs another's types knows it.
    tsPreCompilationDeps: true,
    parser: 'tsc',
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.json', '.d.ts'],
    },
    validate: true,
    ruleSet: { forbidden: rules },
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of its result')
  return { modules: cruisedModules(output), edges: edgesOf(output), violations: violationsOf(output) }
}

function cruisedModules(result: ICruiseResult): Set<string> {
  const cruised = result.modules.filter(
    (module) => !module.coreModule && !module.couldNotResolve && !module.matchesDoNotFollow,
  )
  return new Set(cruised.map((module) => module.source))
}

function edgesOf(result: ICruiseResult): ImportEdge[] {
  return result.modules.flatMap((module) =>
    module.dependencies.map((dependency) => ({
      from: module.source,
      specifier: dependency.module,
      kind: dependency.coreModule ? ('node' as const) : /^[./]/.test(dependency.module) ? 'relative' : 'package',
    })),
  )
}

function violationsOf(result: ICruiseResult): Violation[] {
  const seenCycles = new Set<string>()
  return result.summary.violations.filter((violation) => isFirstOfItsCycle(violation, seenCycles)).map(toViolation)
}

/** A cycle is reported once, not once for each of its modules. */
function isFirstOfItsCycle(violation: IViolation, seen: Set<string>): boolean {
  if (violation.cycle === undefined) return true
  const key = violation.cycle
    .map((step) => step.name)
    .toSorted()
    .join(' ')
  if (seen.has(key)) return false
  seen.add(key)
  return true
}

function toViolation(violation: IViolation): Violation {
  const path = violation.cycle?.map((step) => step.name) ?? [violation.to]
  return { rule: violation.rule.name, file: violation.from, detail: `imports ${path.join(' → ')}` }
}

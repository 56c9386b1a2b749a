/** The layer tables as rules for dependency-cruiser: each says which import is forbidden. */
import type { IRegularForbiddenRuleType } from 'dependency-cruiser'
import { browserPackages, engineLines, layers, testPackages, testPaths, toolConfigPath } from './layer-tables.ts'
import type { Layer } from './layer-tables.ts'
import type { Workspace } from './workspace.ts'

type ImportRule = IRegularForbiddenRuleType & { readonly name: string; readonly comment: string }

const engineSource = '^packages/engine/src/'
/** Apps have a rule of their own: nothing imports one. */
const shared = '^(?:packages|e2e|bench|scripts)/'
const tests = testPaths.map((pattern) => pattern.source)

export function importRules(workspace: Workspace): ImportRule[] {
  return [
    ...layers.map(mayImport),
    ...layers.filter((layer) => layer.programsMayImport !== undefined).map(programsMayImport),
    ...engineLines.map(engineOrder),
    adaptersOnlyComposed,
    noAppImports,
    ...noDeepImports(workspace),
    noCycle,
    noUnresolvable,
    browserPackagesWithoutNode,
    noTestImports,
  ]
}

function mayImport(layer: Layer): ImportRule {
  const open = [layer.folder, ...layer.mayImport, ...testPackages].map((folder) => `^${folder}/`)
  const entries = (layer.onlyEntries ?? []).map((file) => `^${literal(file)}$`)
  return {
    name: 'may-import',
    comment: `${layer.folder} may import: ${[...layer.mayImport, ...(layer.onlyEntries ?? [])].join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: {
      path: `^${layer.folder}/`,
      ...(layer.programsMayImport === undefined ? {} : { pathNot: programsOf(layer) }),
    },
    to: { path: shared, pathNot: [...open, ...entries] },
  }
}

function programsMayImport(layer: Layer): ImportRule {
  const allowed = [...layer.mayImport, ...(layer.programsMayImport ?? []), ...testPackages]
  return {
    name: 'may-import',
    comment: `programs and tests of ${layer.folder} may import: ${allowed.join(', ')}`,
    severity: 'error',
    from: { path: programsOf(layer) },
    to: { path: shared, pathNot: [layer.folder, ...allowed].map((folder) => `^${folder}/`) },
  }
}

function programsOf(layer: Layer): string {
  return `^${layer.folder}/(?:bin|test)/`
}

/** Adapters have their own, stricter rule, so that tests may use them. */
function engineOrder(line: readonly string[], index: number): ImportRule {
  const open = [...engineLines.slice(0, index + 1).flat(), 'adapters']
  return {
    name: 'engine-order',
    comment: `engine's ${line.join(', ')} may import: ${open.join(', ')}`,
    severity: 'error',
    from: { path: `${engineSource}(?:${line.join('|')})/` },
    to: { path: engineSource, pathNot: [`${engineSource}(?:${open.join('|')})/`] },
  }
}

const adaptersOnlyComposed: ImportRule = {
  name: 'adapters-only-composed',
  comment: 'only the files that compose the engine (directly in packages/engine/src) and tests import adapters',
  severity: 'error',
  from: { pathNot: [`${engineSource}adapters/`, `${engineSource}[^/]+$`, ...tests] },
  to: { path: `${engineSource}adapters/` },
}

const noAppImports: ImportRule = {
  name: 'no-app-imports',
  comment: 'nothing imports an app',
  severity: 'error',
  from: { path: '^(apps/[^/]+|packages/[^/]+|e2e|bench|scripts)/' },
  to: { path: '^apps/', pathNot: '^$1/' },
}

/** By name and by an entry its manifest exports: two ways to break it, one rule. */
function noDeepImports(workspace: Workspace): ImportRule[] {
  const entries = workspace.packages.flatMap((one) => one.entries).map((file) => `^${literal(file)}$`)
  const rule = {
    name: 'no-deep-import',
    comment: 'other packages are imported by their name and exported entries, never by a path into them',
    severity: 'error',
    from: { path: '^((?:packages|apps)/[^/]+|e2e|bench|scripts)/' },
  } as const
  return [
    { ...rule, to: { path: '^(?:packages|apps)/', pathNot: ['^$1/', ...entries] } },
    { ...rule, to: { path: '^(?:packages|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] } },
  ]
}

const noCycle: ImportRule = {
  name: 'no-cycle',
  // Types are erased: two modules that know each other's types still load in one order.
  comment: 'modules import values from each other in one direction',
  severity: 'error',
  from: {},
  to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
}

const noUnresolvable: ImportRule = {
  name: 'no-unresolvable',
  comment: 'every import leads to a file or to a declared package',
  severity: 'error',
  from: {},
  to: { couldNotResolve: true },
}

const browserPackagesWithoutNode: ImportRule = {
  name: 'browser-packages-without-node',
  comment: 'this code runs in the browser too: no module of Node',
  severity: 'error',
  from: {
    path: browserPackages.map((folder) => `^${folder}/`),
    pathNot: [...tests, toolConfigPath.source],
  },
  to: { dependencyTypes: ['core'] },
}

const noTestImports: ImportRule = {
  name: 'no-test-imports',
  comment: 'code that ships does not import tests',
  severity: 'error',
  from: { pathNot: [...tests, toolConfigPath.source] },
  to: { path: tests },
}

function literal(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

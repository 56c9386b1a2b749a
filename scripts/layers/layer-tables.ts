/**
 * Who may import whom, as data. `docs/architecture.md` explains the arrows; the checks read only this file.
 */

/** A workspace folder, the packages it may import, and for single packages the one entry that is open to it. */
export interface Layer {
  readonly folder: string
  readonly mayImport: readonly string[]
  /** Files of packages that are otherwise closed: the package is reachable by this entry alone. */
  readonly onlyEntries?: readonly string[]
  /** What the package's programs and tests may import besides: they drive it, and nothing imports them. */
  readonly programsMayImport?: readonly string[]
}

const engineImports = [
  'packages/model',
  'packages/python-values',
  'packages/yaml',
  'packages/schema',
  'packages/expressions',
  'packages/orquesta',
] as const

export const layers: readonly Layer[] = [
  { folder: 'packages/model', mayImport: [] },
  { folder: 'packages/python-values', mayImport: [] },
  { folder: 'packages/yaml', mayImport: [] },
  { folder: 'packages/schema', mayImport: ['packages/python-values'] },
  {
    folder: 'packages/expressions',
    mayImport: ['packages/python-values'],
    programsMayImport: ['packages/yaml'],
  },
  {
    folder: 'packages/orquesta',
    mayImport: ['packages/model', 'packages/python-values', 'packages/expressions', 'packages/schema', 'packages/yaml'],
  },
  {
    folder: 'packages/designer',
    mayImport: [
      'packages/model',
      'packages/python-values',
      'packages/yaml',
      'packages/expressions',
      'packages/orquesta',
    ],
  },
  { folder: 'packages/engine', mayImport: engineImports },
  {
    folder: 'packages/runners',
    mayImport: ['packages/model', 'packages/python-values'],
    onlyEntries: ['packages/engine/src/ports/runner.ts'],
  },
  { folder: 'packages/test-servers', mayImport: [] },
  { folder: 'packages/client', mayImport: ['packages/model'] },
  {
    folder: 'apps/server',
    mayImport: ['packages/engine', 'packages/runners', 'packages/model', 'packages/schema', 'packages/python-values'],
  },
  {
    folder: 'apps/webui',
    mayImport: [
      'packages/client',
      'packages/model',
      'packages/schema',
      'packages/yaml',
      'packages/expressions',
      'packages/orquesta',
      'packages/designer',
    ],
  },
  {
    folder: 'apps/cli',
    mayImport: ['packages/client', 'packages/model', 'packages/schema', 'packages/yaml', 'packages/python-values'],
  },
  { folder: 'apps/chatops', mayImport: ['packages/client', 'packages/model'] },
  { folder: 'e2e', mayImport: ['packages/client', 'packages/model', 'packages/test-servers'] },
  {
    folder: 'bench',
    mayImport: [
      'packages/client',
      'packages/designer',
      'packages/engine',
      'packages/expressions',
      'packages/orquesta',
      'packages/runners',
      'packages/model',
      'packages/test-servers',
      'packages/yaml',
    ],
  },
  { folder: 'scripts', mayImport: [] },
]

/**
 * The folders of `packages/engine/src`, top line first. A line may import itself and the lines above it, never one below. Files directly
 * in `src` compose: they stand below all lines.
 */
export const engineLines: readonly (readonly string[])[] = [
  ['ports'],
  ['adapters'],
  ['config'],
  ['datastore', 'access', 'traces'],
  ['content'],
  ['triggers'],
  ['executions'],
  ['rules', 'workflows', 'workflow-insight', 'action-chains', 'aliases', 'inquiries'],
  ['services'],
]

/** These run in the browser as well, so no module of Node's may be needed. */
export const browserPackages: readonly string[] = [
  'packages/model',
  'packages/python-values',
  'packages/yaml',
  'packages/schema',
  'packages/expressions',
  'packages/orquesta',
  'packages/designer',
  'packages/client',
  'apps/webui/src',
]

/** Open to every test, and closed to what ships. */
export const testPackages: readonly string[] = ['packages/test-servers']

/** Tests, contract suites (which are tests that an adapter runs) and the folders that only drive the product. */
export const testPaths: readonly RegExp[] = [
  /\.test\.m?tsx?$/,
  /\.test\.mjs$/,
  /^(?:packages|apps)\/[^/]+\/test\//,
  /\.contract\.ts$/,
  /\/contracts\.ts$/,
  /^packages\/test-servers\//,
  /^packages\/[^/]+\/bin\//,
  /^(?:e2e|bench|scripts)\//,
]

/** Configuration files of tools: they run in Node beside the package, not in it. */
export const toolConfigPath = /(?:^|\/)[a-z]+\.config\.m?ts$/

/** Where the environment may be read; tests may as well. */
export const environmentReaders: readonly RegExp[] = [
  /^packages\/engine\/src\/config\//,
  /^apps\/[^/]+\/src\/main\.tsx?$/,
  // The command line's process: a person's variables, and the trust of its own requests.
  /^apps\/cli\/src\/(?:shell\/process-io|session\/trust)\.ts$/,
  // The runner host is a process of its own, and actions inherit its environment.
  /^packages\/runners\/src\/host\/host-(?:main|process)\.ts$/,
  /^packages\/runners\/src\/process\/inherited-environment\.ts$/,
  toolConfigPath,
]

/** Where the time and random values may be taken directly; everywhere else they come from the ports `clock` and `ids`. Tests may as well. */
export const ambientClockReaders: readonly RegExp[] = [
  /^packages\/engine\/src\/adapters\//,
  /^packages\/runners\//,
  /^apps\/(?:webui|cli|chatops)\//,
]

/** Names that say nothing about what a file or folder holds. */
export const vagueName = /(?:^|\/)(?:utils?|common|helpers?|lib|misc)(?:\.[a-z.]+$|\/)/

/** A small repository that keeps every layer rule, written to a temporary folder, for tests that then break one rule. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface SmallRepository extends AsyncDisposable {
  readonly root: string
}

const packages: Record<string, { dependencies: readonly string[]; exports: Record<string, string> }> = {
  'packages/model': { dependencies: [], exports: { '.': './src/index.ts' } },
  'packages/python-values': { dependencies: [], exports: { '.': './src/index.ts' } },
  'packages/schema': { dependencies: ['@st2/python-values'], exports: { '.': './src/index.ts' } },
  'packages/yaml': { dependencies: [], exports: { '.': './src/index.ts' } },
  'packages/expressions': {
    dependencies: ['@st2/python-values', '@st2/yaml'],
    exports: { '.': './src/index.ts' },
  },
  'packages/engine': {
    dependencies: ['@st2/model', '@st2/schema'],
    exports: { '.': './src/index.ts', './runner': './src/ports/runner.ts' },
  },
  'packages/runners': { dependencies: ['@st2/engine', '@st2/model'], exports: { '.': './src/index.ts' } },
  'apps/server': {
    dependencies: ['@st2/engine', '@st2/model', '@st2/runners'],
    exports: { '.': './src/index.ts' },
  },
}

const sources: Record<string, string> = {
  'packages/model/src/index.ts': "export { status } from './status.ts'\n",
  'packages/model/src/status.ts': "export const status = 'requested'\n",
  'packages/python-values/src/index.ts': 'export const none = null\n',
  'packages/schema/src/index.ts': "export { none } from '@st2/python-values'\n",
  'packages/yaml/src/index.ts': 'export const parse = 1\n',
  'packages/expressions/src/index.ts': "export { none } from '@st2/python-values'\n",
  'packages/expressions/bin/program.ts':
    "import { stdin } from 'node:process'\nexport { none } from '../src/index.ts'\nexport { parse } from '@st2/yaml'\nexport { stdin }\n",
  'packages/engine/src/index.ts': "export { openStore } from './adapters/sqlite/store.ts'\n",
  'packages/engine/src/ports/store.ts': 'export interface Store { readonly name: string }\n',
  'packages/engine/src/ports/runner.ts': 'export interface Runner { readonly name: string }\n',
  'packages/engine/src/adapters/sqlite/store.ts':
    "import type { Store } from '../../ports/store.ts'\nexport const openStore = (): Store => ({ name: String(Date.now()) })\n",
  'packages/engine/src/config/read-config.ts': 'export const readConfig = () => process.env\n',
  'packages/engine/src/content/packs.ts': "export { status } from '@st2/model'\n",
  'packages/engine/src/executions/request.ts': "export { status } from '../content/packs.ts'\n",
  'packages/engine/test/adapters/sqlite.test.ts': "export { openStore } from '../../src/adapters/sqlite/store.ts'\n",
  'packages/runners/src/index.ts': "export type { Runner } from '@st2/engine/runner'\n",
  'apps/server/src/index.ts': "export { status } from '@st2/model'\nexport { openStore } from '@st2/engine'\n",
  'apps/server/src/main.ts': 'export const environment = process.env\n',
}

/** @param changes files to add or to replace, by path */
export async function smallRepository(changes: Record<string, string> = {}): Promise<SmallRepository> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'st2-layers-')))
  await writeAt(root, 'package.json', JSON.stringify({ name: 'small', private: true }))
  await mkdir(join(root, 'node_modules/@st2'), { recursive: true })
  for (const [folder, { dependencies, exports }] of Object.entries(packages)) {
    const name = `@st2/${folder.split('/').at(-1)}`
    const declared = Object.fromEntries(dependencies.map((dependency) => [dependency, 'workspace:*']))
    await writeAt(
      root,
      `${folder}/package.json`,
      JSON.stringify({ name, type: 'module', exports, dependencies: declared }),
    )
    // All are reachable from everywhere: what a manifest does not declare is for the rules to find, not for the resolver.
    await symlink(join(root, folder), join(root, 'node_modules', name))
  }
  for (const [path, text] of Object.entries({ ...sources, ...changes })) await writeAt(root, path, text)
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

async function writeAt(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

import { describe, expect, it } from 'vitest'
import { checkLayers, notCruised } from './check-layers.ts'
import { smallRepository } from './small-repository.ts'

interface Breach {
  readonly name: string
  readonly rule: string
  readonly file: string
  readonly changes: Record<string, string>
}

/** Every rule with a change that breaks it, and only it. */
const breaches: readonly Breach[] = [
  {
    name: 'a package imports one its line does not list',
    rule: 'may-import',
    file: 'packages/python-values/src/index.ts',
    changes: {
      'packages/python-values/src/index.ts': "export { status } from '@st2/model'\n",
      'packages/python-values/package.json': manifest('python-values', ['@st2/model']),
    },
  },
  {
    name: 'a package imports only a type of one its line does not list',
    rule: 'may-import',
    file: 'packages/python-values/src/index.ts',
    changes: {
      'packages/python-values/src/index.ts':
        "import type { status } from '@st2/model'\nexport type S = typeof status\n",
      'packages/python-values/package.json': manifest('python-values', ['@st2/model']),
    },
  },
  {
    name: 'a runner imports the engine itself',
    rule: 'may-import',
    file: 'packages/runners/src/index.ts',
    changes: { 'packages/runners/src/index.ts': "export { openStore } from '@st2/engine'\n" },
  },
  {
    name: 'a test crosses the layers of its package',
    rule: 'may-import',
    file: 'packages/schema/test/a.test.ts',
    changes: {
      'packages/schema/test/a.test.ts': "export { status } from '@st2/model'\n",
      'packages/schema/package.json': manifest('schema', ['@st2/python-values', '@st2/model']),
    },
  },
  {
    name: 'a package imports what only its programs may',
    rule: 'may-import',
    file: 'packages/expressions/src/index.ts',
    changes: { 'packages/expressions/src/index.ts': "export { parse } from '@st2/yaml'\nexport const none = null\n" },
  },
  {
    name: 'a program imports one its line does not list',
    rule: 'may-import',
    file: 'packages/expressions/bin/program.ts',
    changes: {
      'packages/expressions/bin/program.ts': "export { status } from '@st2/model'\n",
      'packages/expressions/package.json': manifest('expressions', ['@st2/python-values', '@st2/model']),
    },
  },
  {
    name: 'a package imports its program',
    rule: 'no-test-imports',
    file: 'packages/expressions/src/index.ts',
    changes: {
      'packages/expressions/src/index.ts': "export { text } from '../bin/text.ts'\nexport const none = null\n",
      'packages/expressions/bin/text.ts': "export const text = ''\n",
    },
  },
  {
    name: 'a lower line of the engine is imported from a higher one',
    rule: 'engine-order',
    file: 'packages/engine/src/content/packs.ts',
    changes: {
      'packages/engine/src/content/packs.ts': "export { later } from '../triggers/later.ts'\n",
      'packages/engine/src/triggers/later.ts': 'export const later = 1\n',
    },
  },
  {
    name: 'a folder of the engine imports a file that composes it',
    rule: 'engine-order',
    file: 'packages/engine/src/content/packs.ts',
    changes: {
      'packages/engine/src/content/packs.ts': "export { composed } from '../compose.ts'\n",
      'packages/engine/src/compose.ts': 'export const composed = 1\n',
    },
  },
  {
    name: 'a feature imports an adapter',
    rule: 'adapters-only-composed',
    file: 'packages/engine/src/executions/request.ts',
    changes: {
      'packages/engine/src/executions/request.ts': "export { openStore } from '../adapters/sqlite/store.ts'\n",
    },
  },
  {
    name: 'a package imports an app',
    rule: 'no-app-imports',
    file: 'bench/start.ts',
    changes: {
      'bench/start.ts': "export { status } from '@st2/server'\n",
      'bench/package.json': JSON.stringify({ name: '@st2/bench', dependencies: { '@st2/server': '*' } }),
    },
  },
  {
    name: 'a path leads into another package',
    rule: 'no-deep-import',
    file: 'packages/engine/src/content/packs.ts',
    changes: { 'packages/engine/src/content/packs.ts': "export { status } from '../../../model/src/status.ts'\n" },
  },
  {
    name: 'a path leads to the entry of another package',
    rule: 'no-deep-import',
    file: 'packages/engine/src/content/packs.ts',
    changes: { 'packages/engine/src/content/packs.ts': "export { status } from '../../../model/src/index.ts'\n" },
  },
  {
    name: 'a package is imported by an entry it does not export',
    rule: 'no-unresolvable',
    file: 'packages/engine/src/content/packs.ts',
    changes: { 'packages/engine/src/content/packs.ts': "export { status } from '@st2/model/src/status.ts'\n" },
  },
  {
    name: 'two modules import each other',
    rule: 'no-cycle',
    file: 'packages/model/src/a.ts',
    changes: {
      'packages/model/src/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'packages/model/src/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    },
  },
  {
    name: 'a package for the browser imports a module of Node',
    rule: 'browser-packages-without-node',
    file: 'packages/model/src/status.ts',
    changes: { 'packages/model/src/status.ts': "export { sep as status } from 'node:path'\n" },
  },
  {
    name: 'code that ships imports a test',
    rule: 'no-test-imports',
    file: 'packages/model/src/status.ts',
    changes: {
      'packages/model/src/status.ts': "export { status } from './expected.test.ts'\n",
      'packages/model/src/expected.test.ts': 'export const status = 1\n',
    },
  },
  {
    name: 'a package is used that the manifest does not declare',
    rule: 'no-undeclared-dependency',
    file: 'packages/engine/src/content/packs.ts',
    changes: { 'packages/engine/src/content/packs.ts': "export { none } from '@st2/python-values'\n" },
  },
  ...(
    [
      'export const home = process.env.HOME\n',
      "export const home = process['env'].HOME\n",
      'const { env } = process\nexport const home = env.HOME\n',
      "import { env as all } from 'node:process'\nexport const home = all.HOME\n",
    ] as const
  ).map((text) => ({
    name: `the environment is read outside the configuration: ${text.split('\n')[0]}`,
    rule: 'no-process-env',
    file: `packages/engine/src/content/packs.ts:1`,
    changes: { 'packages/engine/src/content/packs.ts': text },
  })),
  ...(
    [
      'export const at = Date.now()\n',
      'export const now = Date.now\n',
      'export const at = new Date()\n',
      'export const at = new Date\n',
      'export const random = Math.random()\n',
    ] as const
  ).map((text) => ({
    name: `the time or a random value is taken outside adapters: ${text.trim()}`,
    rule: 'no-ambient-clock',
    file: 'packages/engine/src/content/packs.ts:1',
    changes: { 'packages/engine/src/content/packs.ts': text },
  })),
  ...['utils.ts', 'common.ts', 'helpers.ts', 'lib.ts', 'misc.ts', 'misc/status-text.ts'].map((name) => ({
    name: `a file is named ${name}`,
    rule: 'no-vague-name',
    file: `packages/model/src/${name}`,
    changes: { [`packages/model/src/${name}`]: 'export const x = 1\n' },
  })),
  {
    name: 'the engine has a folder without a place in the order',
    rule: 'listed-in-layers',
    file: 'packages/engine/src/extras/extra.ts',
    changes: { 'packages/engine/src/extras/extra.ts': 'export const x = 1\n' },
  },
  {
    name: 'a package has no line in the table',
    rule: 'listed-in-layers',
    file: 'packages/extras/src/index.ts',
    changes: { 'packages/extras/src/index.ts': 'export const x = 1\n' },
  },
]

describe('checkLayers', () => {
  it('finds nothing in a repository that keeps the rules', async () => {
    await using repository = await smallRepository()
    const report = await checkLayers(repository.root)
    expect(report).toEqual({ files: 18, violations: [] })
  })

  it.each(breaches)('reports $rule when $name', async ({ rule, file, changes }) => {
    await using repository = await smallRepository(changes)
    const { violations } = await checkLayers(repository.root)
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]))
    expect(violations.map((violation) => violation.file)).toContain(file)
  })

  it('does not take words in comments and texts for code', async () => {
    const text =
      "// process.env and Date.now() are read elsewhere\nexport const hint = 'set process.env, not Math.random()'\n"
    await using repository = await smallRepository({ 'packages/engine/src/content/packs.ts': text })
    expect((await checkLayers(repository.root)).violations).toEqual([])
  })

  it('lets two modules know the types of each other', async () => {
    await using repository = await smallRepository({
      'packages/model/src/a.ts': "import type { B } from './b.ts'\nexport interface A { readonly b: B }\n",
      'packages/model/src/b.ts': "import type { A } from './a.ts'\nexport interface B { readonly a: A }\n",
    })
    expect((await checkLayers(repository.root)).violations).toEqual([])
  })

  it('reports a longer cycle once', async () => {
    await using repository = await smallRepository({
      'packages/model/src/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'packages/model/src/b.ts': "import { c } from './c.ts'\nexport const b = () => c\n",
      'packages/model/src/c.ts': "import { a } from './a.ts'\nexport const c = () => a\n",
    })
    expect((await checkLayers(repository.root)).violations.map((violation) => violation.rule)).toEqual(['no-cycle'])
  })

  it('lets a date be made of a given time', async () => {
    const text = 'export const iso = (ms: number) => new Date(ms).toISOString()\n'
    await using repository = await smallRepository({ 'packages/engine/src/content/packs.ts': text })
    expect((await checkLayers(repository.root)).violations).toEqual([])
  })
})

describe('notCruised', () => {
  it('fails when the cruiser read no module at all', () => {
    expect(notCruised(['packages/model/src/index.ts'], new Set())).toEqual([
      { rule: 'every-file-is-judged', file: 'packages/model/src/index.ts', detail: 'its imports were not read' },
    ])
  })

  it('fails when there is no source file to judge', () => {
    expect(notCruised([], new Set())).toHaveLength(1)
  })
})

function manifest(name: string, dependencies: readonly string[]): string {
  return JSON.stringify({
    name: `@st2/${name}`,
    exports: { '.': './src/index.ts' },
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, 'workspace:*'])),
  })
}

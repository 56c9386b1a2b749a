import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallRepository } from './small-repository.ts'

const root = join(import.meta.dirname, '..', '..')
const oxlint = join(root, 'node_modules', '.bin', 'oxlint')

const knip = join(root, 'node_modules', '.bin', 'knip')

interface DeadCode {
  readonly file: string
  readonly files: readonly unknown[]
  readonly exports: readonly { readonly name: string }[]
  readonly dependencies: readonly { readonly name: string }[]
}

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

describe('the linter as this repository configures it', () => {
  it('reports a promise nobody waits for', async () => {
    const text = "async function save(): Promise<string> { return 'saved' }\nexport function close(): void { save() }\n"
    expect(await codesIn({ 'packages/model/src/status.ts': `${text}export const status = close\n` })).toEqual([
      'typescript(no-floating-promises)',
    ])
  })

  it('reports two modules that import each other', async () => {
    const codes = await codesIn({
      'packages/model/src/status.ts': "import { other } from './other.ts'\nexport const status = () => other\n",
      'packages/model/src/other.ts': "import { status } from './status.ts'\nexport const other = () => status\n",
    })
    expect(codes).toContain('import(no-cycle)')
  })

  it('reports an empty catch', async () => {
    const text = 'export function status(): void {\n  try {\n    close()\n  } catch {}\n}\nfunction close(): void {}\n'
    expect(await codesIn({ 'packages/model/src/status.ts': text })).toContain('eslint(no-empty)')
  })

  it('reports any', async () => {
    const text = 'export const status = (value: any) => String(value)\n'
    expect(await codesIn({ 'packages/model/src/status.ts': text })).toContain('typescript(no-explicit-any)')
  })

  it('finds nothing in a repository that keeps the rules', async () => {
    expect(await codesIn({})).toEqual([])
  })
})

describe('the search for dead code as this repository configures it', () => {
  it('reports an export and a file that nobody uses, and a dependency as well', async () => {
    await using repository = await smallRepository({
      'package.json': JSON.stringify({ name: 'small', private: true, workspaces: ['packages/*', 'apps/*'] }),
      'packages/model/src/status.ts': "export const status = 'requested'\nexport const forgotten = 1\n",
      'packages/model/src/orphan.ts': 'export const orphan = 1\n',
    })
    const args = ['-c', join(root, 'scripts', 'knip.json'), '--no-progress', '--reporter', 'json']
    const { issues }: { issues: DeadCode[] } = JSON.parse(await outputOf(knip, args, repository.root))
    const found = issues.flatMap((issue) => [
      ...issue.files.map(() => `file ${issue.file}`),
      ...issue.exports.map((one) => `export ${one.name}`),
      ...issue.dependencies.map((one) => `dependency ${one.name}`),
    ])
    expect(found).toContain('export forgotten')
    expect(found).not.toContain('export status')
    expect(found).toContain('file packages/model/src/orphan.ts')
    expect(found).toContain('dependency @st2/schema')
    expect(found).not.toContain('dependency @st2/python-values')
  })
})

async function codesIn(changes: Record<string, string>): Promise<string[]> {
  await using repository = await smallRepository({
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2024',
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: [],
      },
      include: ['packages/*/src'],
    }),
    ...changes,
  })
  const args = ['--type-aware', '-c', join(root, '.oxlintrc.json'), '--format', 'json', 'packages/model/src']
  const report = await outputOf(oxlint, args, repository.root)
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(report)
  return diagnostics.map((diagnostic) => diagnostic.code)
}

/** The linter ends with 1 when it reports something: that is an answer, not a failure. */
function outputOf(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout)
      else reject(new Error(`${command} gave no report: ${stderr}`, { cause: error }))
    })
  })
}

import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseYaml } from '@st2/yaml'
import { isFields } from '../format/fields.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ExitError } from '../shell/errors.ts'
import { readLocal } from './definition.ts'

/** One line for each test case, and what it did not expect. */
export const rehearseWorkflows: Handler = async (context) => {
  const { io } = context
  const base = resolve(io.cwd, context.input.text('base_path') ?? '.')
  let failed = 0
  for (const file of await testFiles(context, base)) {
    const differences = await rehearseOne(context, base, file)
    io.out(`${differences.length === 0 ? 'passed' : 'FAILED'} ${file}\n`)
    for (const difference of differences) io.out(`    ${difference}\n`)
    if (differences.length > 0) failed++
  }
  if (failed > 0) throw new ExitError(1)
}

async function testFiles({ input, usageError }: CommandContext, base: string): Promise<string[]> {
  const one = input.text('test_spec')
  if (one !== undefined) return [one]
  const folder = input.text('test_spec_dir')
  if (folder === undefined) throw usageError('one of the arguments -f/--test-spec -d/--test-spec-dir is required')
  const found = await stat(resolve(base, folder)).catch(() => null)
  if (found?.isDirectory() !== true) {
    throw usageError(`argument -d/--test-spec-dir: there is no folder "${folder}" in ${base}`)
  }
  const names = await readdir(resolve(base, folder))
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name))
}

async function rehearseOne({ session }: CommandContext, base: string, file: string): Promise<readonly string[]> {
  const test = await readLocal(base, file)
  const content = parseYaml(test)
  const workflow = isFields(content) ? content['workflow'] : undefined
  const results: Record<string, string> = {}
  for (const path of resultPaths(content)) results[path] = await readLocal(base, path)
  const definition = typeof workflow === 'string' ? await readLocal(base, workflow) : ''
  return (await session.client.workflows.rehearse({ test, definition, results })).differences
}

function resultPaths(content: unknown): string[] {
  const mocks = isFields(content) ? content['mock_action_executions'] : undefined
  return (Array.isArray(mocks) ? mocks : []).flatMap((mock: unknown) =>
    isFields(mock) && typeof mock['result_path'] === 'string' ? [mock['result_path']] : [],
  )
}

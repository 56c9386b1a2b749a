// Which test files there are, and which vitest project runs each.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repository, repositoryNode } from './repository.mjs'

const roots = ['packages', 'apps', 'e2e', 'bench', 'scripts']
const skippedFolders = new Set(['node_modules', 'dist', '.st2'])

/** @returns {Map<string, string[]>} files by project, relative to the repository, as vitest itself sees them */
export function filesByProject() {
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const output = execFileSync(repositoryNode, [vitest, 'list', '--filesOnly', '--json'], {
    cwd: repository,
    encoding: 'utf8',
  })
  const byProject = new Map()
  for (const { file, projectName } of JSON.parse(output)) {
    byProject.set(projectName, [...(byProject.get(projectName) ?? []), relative(repository, file)])
  }
  return byProject
}

/** @returns {string[]} test files that no project runs */
export function orphans(byProject, all = testFilesBelow(repository)) {
  const run = new Set([...byProject.values()].flat())
  return all.filter((file) => !run.has(file))
}

function testFilesBelow(root) {
  const found = []
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) visit(path)
      if (entry.isFile() && /\.(?:test|spec)\.m?[jt]sx?$/.test(entry.name)) found.push(path)
    }
  }
  for (const folder of roots) visit(folder)
  return found
}

/** The workspace's packages as their manifests declare them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { layers } from './layer-tables.ts'

export interface WorkspacePackage {
  readonly folder: string
  readonly name: string
  /** Files that other packages reach by the package's name. */
  readonly entries: readonly string[]
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

export interface Workspace {
  readonly packages: readonly WorkspacePackage[]
  /** Tools that tests and configuration files of every package may use. */
  readonly rootDevDependencies: ReadonlySet<string>
}

interface Manifest {
  readonly name?: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export function readWorkspace(root: string): Workspace {
  const folders = [...layers.map((layer) => layer.folder), 'scripts/layers']
  const rootManifest = readManifest(root)
  return {
    packages: folders
      .filter((folder) => existsSync(join(root, folder, 'package.json')))
      .map((folder) => readPackage(root, folder)),
    rootDevDependencies: new Set(Object.keys(rootManifest.devDependencies ?? {})),
  }
}

/** The innermost package a file belongs to; null for files of the root. */
export function packageOf(workspace: Workspace, file: string): WorkspacePackage | null {
  const owners = workspace.packages.filter((candidate) => file.startsWith(`${candidate.folder}/`))
  return owners.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null
}

function readPackage(root: string, folder: string): WorkspacePackage {
  const manifest = readManifest(join(root, folder))
  return {
    folder,
    name: manifest.name ?? folder,
    entries: Object.values(manifest.exports ?? {}).map((path) => `${folder}/${path.replace(/^\.\//, '')}`),
    dependencies: new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
    ]),
    devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
  }
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

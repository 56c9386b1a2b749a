// Where things are in this repository.
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** The Node the code is written for, whatever version runs these scripts. */
export const repositoryNode = join(repository, 'node_modules/node/bin/node')

/** `node` and the tools of the repository come first. */
export function repositoryPath() {
  return [join(repository, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
}

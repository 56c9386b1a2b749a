// Puts what a deployment needs of a built repository into a folder: node deploy/ship.mjs FOLDER [--without-node]
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const repository = fileURLToPath(new URL('..', import.meta.url))
const serverEntries = ['main', 'writer-thread', 'reader-thread', 'host-main']

/** Commands that stand beside the server: bundled here, as the repository runs them from their sources. */
const commandEntries = ['register-main', 'purge-main', 'rule-tester-main']

/** What stands in bin/: the command's program and its first arguments. */
const commands = {
  st2: ['apps/cli/dist/st2.mjs'],
  'st2-server': ['apps/server/dist/main.mjs'],
  'st2-register-content': ['apps/server/dist/register-main.mjs'],
  'st2-rule-tester': ['apps/server/dist/rule-tester-main.mjs'],
  ...Object.fromEntries(
    readdirSync(join(repository, 'bin'))
      .filter((name) => name.startsWith('st2-purge-'))
      .map((name) => [name, ['apps/server/dist/purge-main.mjs', name.slice('st2-purge-'.length)]]),
  ),
}

/** Copied as they are. */
const folders = ['apps/webui/dist', 'apps/cli/dist', 'packs', 'packages/runners/python', 'nginx']
const leftOut = new Set(['__pycache__', '.built-from', 'node_modules', 'test', 'tests'])

const { values, positionals } = parseArgs({ options: { 'without-node': { type: 'boolean' } }, allowPositionals: true })
try {
  ship(positionals, values['without-node'] === true ? [] : ['node_modules/node/bin/node'])
} catch (error) {
  process.stderr.write(`ship: ${error.message}\n`)
  process.exitCode = 1
}

function ship([target, ...rest], nodes) {
  if (target === undefined || rest.length > 0) throw new Error('usage: node deploy/ship.mjs FOLDER [--without-node]')
  const folder = resolve(target)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`)
  requireBuilt([...folders, ...nodes, 'apps/server/dist/main.mjs'])
  mkdirSync(folder, { recursive: true })
  for (const path of folders) copy(path, folder)
  for (const file of reachableChunks()) copy(join('apps/server/dist', file), folder)
  for (const node of nodes) copyTo(node, join(folder, 'node/bin/node'))
  bundleCommands(folder)
  writeCommands(folder)
  makeReadable(folder)
}

function requireBuilt(paths) {
  const missing = paths.filter((path) => !existsSync(join(repository, path)))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing; build first: node scripts/prepare.mjs`)
}

function copy(path, folder) {
  copyTo(path, join(folder, path))
}

function copyTo(path, target) {
  mkdirSync(dirname(target), { recursive: true })
  const filter = (source) => source === join(repository, path) || !leftOut.has(basename(source))
  cpSync(join(repository, path), target, { recursive: true, dereference: true, filter })
}

/** Builds leave the pieces of earlier ones behind: only what the entries lead to is shipped. */
function reachableChunks() {
  const dist = join(repository, 'apps/server/dist')
  const found = new Set()
  const visit = (file) => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(join(dist, file), 'utf8')
    for (const [, next] of text.matchAll(/["']\.\/([\w.-]+\.mjs)["']/g)) if (existsSync(join(dist, next))) visit(next)
  }
  for (const entry of serverEntries) visit(`${entry}.mjs`)
  return found
}

/** esbuild is a tool of the server's package. */
function bundleCommands(folder) {
  const server = join(repository, 'apps/server')
  const { buildSync } = createRequire(join(server, 'package.json'))('esbuild')
  buildSync({
    entryPoints: commandEntries.map((name) => join(server, 'src', `${name}.ts`)),
    outdir: join(folder, 'apps/server/dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
}

function writeCommands(folder) {
  mkdirSync(join(folder, 'bin'))
  for (const [name, [program, ...args]] of Object.entries(commands)) {
    const file = join(folder, 'bin', name)
    const line = [`"$root/${program}"`, ...args, '"$@"'].join(' ')
    writeFileSync(
      file,
      `#!/bin/sh
# ${name}, with the Node that was shipped with it, or else the machine's.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
node=$root/node/bin/node
[ -x "$node" ] || node=node
exec "$node" ${line}
`,
    )
    chmodSync(file, 0o755)
  }
}

/** Whatever the umask of who builds: everybody may read, nobody but the owner may write. */
function makeReadable(folder) {
  const { status, error } = spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', folder])
  if (error !== undefined || status !== 0) throw new Error(`the rights of ${folder} could not be set`)
  rmSync(join(folder, 'apps/webui/dist/.built-from'), { force: true })
}

// What suites need from this machine beside the repository, and how it gets there.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { builtServer, buildPrograms } from '../programs.mjs'
import { repository } from './repository.mjs'
import { runToEnd } from './run-to-end.mjs'

/** Python packages that suites run, each set in a virtualenv of its own, which is kept between runs. */
const virtualenvs = {
  'official client': { folder: cacheFolder('st2client-3.9.0'), packages: ['st2client==3.9.0'] },
  'expression engines': {
    folder: cacheFolder('yaql-3.2.0-jinja2-3.1.6'),
    packages: ['yaql==3.2.0', 'jinja2==3.1.6', 'markupsafe==3.0.4', 'python-dateutil==2.9.0.post0'],
  },
}

/** Debian's packages by what suites call them: present when all the commands are, and Python has the modules. */
export const debianNeeds = {
  chromium: { packages: ['chromium'], commands: ['chromium'], pythonModules: [] },
  strace: { packages: ['strace'], commands: ['strace'], pythonModules: [] },
  python: { packages: ['python3', 'python3-venv'], commands: ['python3'], pythonModules: ['venv', 'ensurepip'] },
  java: { packages: ['default-jdk-headless', 'maven'], commands: ['javac', 'mvn'], pythonModules: [] },
  redis: { packages: ['redis-server'], commands: ['redis-server'], pythonModules: [] },
  nginx: { packages: ['nginx'], commands: ['nginx'], pythonModules: [] },
  openssl: { packages: ['openssl'], commands: ['openssl'], pythonModules: [] },
  rabbitmq: { packages: ['rabbitmq-server'], commands: ['rabbitmqctl'], pythonModules: [] },
  systemd: { packages: ['systemd'], commands: ['systemd-analyze'], pythonModules: [] },
  shellcheck: { packages: ['shellcheck'], commands: ['shellcheck'], pythonModules: [] },
}

/** What speaks MongoDB's protocol where its own server cannot be had: Java classes, and the libraries they need. */
const mongodbStandIn = {
  folder: cacheFolder('mongodb-stand-in-1.47.0-2'),
  sources: join(repository, 'scripts/testing/mongodb-stand-in'),
}

/** What is needed for a need: its own Debian packages, or those of others and a step of its own. */
export const builtNeeds = {
  ...Object.fromEntries(
    Object.keys(virtualenvs).map((need) => [need, { debian: ['python'], build: () => installVirtualenv(need) }]),
  ),
  'mongodb stand-in': { debian: ['java'], build: buildMongodbStandIn },
  // Tests start what users start: the bundles, whose start takes a quarter of the time that the sources take.
  'built programs': { debian: [], build: buildPrograms },
}

/** Variables by which the suites find what was installed. */
export function needsEnvironment() {
  return {
    ST2_OFFICIAL_CLIENT: join(virtualenvs['official client'].folder, 'bin/st2'),
    ST2_MONGODB_STAND_IN: mongodbStandIn.folder,
    ST2_SERVER_MAIN: builtServer,
    ST2_EXPRESSION_ENGINES: join(virtualenvs['expression engines'].folder, 'bin/python'),
  }
}

/**
 * Provides what the suites need.
 * @param {string[]} needs
 * @returns {Map<string, string>} the needs that could not be met, with the reason
 */
export function provide(needs) {
  const unmet = new Map()
  const debian = new Set(needs.flatMap((need) => builtNeeds[need]?.debian ?? [need]))
  const reason = installDebian(missingPackages([...debian], thisMachine))
  for (const need of needs) {
    const parts = builtNeeds[need]?.debian ?? [need]
    const missing = missingPackages(parts, thisMachine)
    if (missing.length > 0) unmet.set(need, `${missing.join(', ')} not installed: ${reason}`)
    else if (need in builtNeeds) attempt(need, builtNeeds[need].build, unmet)
  }
  return unmet
}

/**
 * @param {string[]} needs keys of debianNeeds
 * @param {{ hasCommand(name: string): boolean, hasPythonModule(name: string): boolean }} machine
 * @returns {string[]} Debian packages to install, each once
 */
export function missingPackages(needs, machine) {
  const missing = needs
    .map((need) => debianNeeds[need])
    .filter((need) => !need.commands.every(machine.hasCommand) || !need.pythonModules.every(machine.hasPythonModule))
  return [...new Set(missing.flatMap((need) => need.packages))]
}

const thisMachine = {
  hasCommand: (name) =>
    [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some((folder) => isExecutable(join(folder, name))),
  hasPythonModule: (name) => spawnSync('python3', ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0,
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there or not for us: either way it cannot be run.
    return false
  }
}

/** @returns {string} why the packages are still missing, if they are */
function installDebian(packages) {
  if (packages.length === 0) return ''
  const byHand = `apt-get install -y ${packages.join(' ')}`
  if (process.getuid?.() !== 0) return `only root can install them; run as root: ${byHand}`
  if (!thisMachine.hasCommand('apt-get'))
    return 'this machine has no apt-get; install them with its own package manager'
  console.log(`installing Debian packages: ${packages.join(', ')}`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  try {
    runToEnd('apt-get', ['update', '-q'], quiet)
    runToEnd('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], quiet)
    return 'apt-get installed them, but they do not work'
  } catch (error) {
    return error.message
  }
}

function attempt(need, build, unmet) {
  try {
    build()
  } catch (error) {
    unmet.set(need, error.message)
  }
}

function installVirtualenv(need) {
  const { folder, packages } = virtualenvs[need]
  // Written last: a virtualenv without it was not finished.
  const finished = join(folder, 'finished')
  if (existsSync(finished)) return
  console.log(`installing ${packages.join(', ')}`)
  mkdirSync(folder, { recursive: true })
  runToEnd('python3', ['-m', 'venv', '--clear', folder])
  runToEnd(join(folder, 'bin/pip'), ['install', '--quiet', ...packages])
  writeFileSync(finished, '')
}

function buildMongodbStandIn() {
  const { folder, sources } = mongodbStandIn
  const finished = join(folder, 'finished')
  if (existsSync(finished)) return
  console.log('building the stand-in for MongoDB')
  mkdirSync(join(folder, 'classes'), { recursive: true })
  const pom = join(sources, 'pom.xml')
  runToEnd('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}/lib`])
  runToEnd('javac', ['-cp', `${folder}/lib/*`, '-d', `${folder}/classes`, join(sources, 'StandIn.java')])
  writeFileSync(finished, '')
}

function cacheFolder(name) {
  return join(repository, 'node_modules/.cache', name)
}

// What npm start does before the server: installs what is missing and builds what changed.
import { buildPrograms } from './programs.mjs'
import { installWorkspace } from './testing/install-workspace.mjs'

const OLDEST_NODE = 20

const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST_NODE) fail(`Node ${OLDEST_NODE} or newer is needed to start; this is ${process.versions.node}`)

install()
try {
  buildPrograms()
} catch (error) {
  fail(error.message)
}

function install() {
  try {
    installWorkspace()
  } catch (error) {
    fail(`dependencies could not be installed: ${error.message}`)
  }
}

function fail(text) {
  console.error(`st2: ${text}`)
  process.exit(1)
}

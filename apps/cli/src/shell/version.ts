/** The release of StackStorm whose behaviour is kept; scripts read it. */
const COMPATIBLE_VERSION = '3.9.0'

export function versionLine(): string {
  return `st2 ${COMPATIBLE_VERSION}, on Node ${process.versions.node}\n`
}

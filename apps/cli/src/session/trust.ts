import { readFileSync } from 'node:fs'
import type { Settings } from '../config/settings.ts'
import type { Io } from '../shell/io.ts'

const WARNING =
  'Certificates of the server are not verified. Name the authority with --cacert or [general] cacert, or silence this with [general] silence_ssl_warnings.'

/**
 * Whom to trust over TLS, for this process. Without an authority nobody is verified, as the official client does.
 *
 * @source cli.md 2.2
 */
export async function applyTrust(settings: Settings, silent: boolean, io: Io): Promise<void> {
  const urls = [settings.apiUrl, settings.authUrl, settings.streamUrl]
  if (!urls.some((url) => url.startsWith('https:')) || settings.cacert === true) return
  if (settings.cacert === false) {
    if (!silent) io.err(`WARNING - ${WARNING}\n`)
    // Node warns of this variable by itself; the line above says it in the user's words
    process.removeAllListeners('warning')
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    return
  }
  const { setDefaultCACertificates } = await import('node:tls')
  setDefaultCACertificates([readAuthorities(settings.cacert)])
}

function readAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`CA cert file "${path}" does not exist.`, { cause })
  }
}

// Fills in the nginx configuration: node render-conf.mjs SETTINGS.json > nginx.conf, or renderConf() from another program.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** What a value may consist of: nothing that would end a directive or a block. */
const SAFE = /^[^\s;{}"'\\$#]+$/

/**
 * @typedef {object} FrontSettings
 * @property {string} runFolder pid and temporary files; writable by nginx
 * @property {string} logFolder
 * @property {string} webuiFolder the built WebUI
 * @property {string} certificate PEM, with its chain
 * @property {string} certificateKey PEM
 * @property {string[]} api addresses of st2api, host:port
 * @property {string[]} auth of st2auth
 * @property {string[]} stream of st2stream
 * @property {string} [serverName] default: any
 * @property {string} [httpListen] default: 80
 * @property {string} [httpsListen] default: 443
 * @property {number} [httpsPort] what clients use, when it is not 443
 * @property {string} [bodyLimit] default: 20m, as [server] body_limit
 * @property {boolean} [daemon] default: true
 * @property {string} [mimeTypes] default: Debian's
 */

/** @param {FrontSettings} settings @returns {string} */
export function renderConf(settings) {
  const values = {
    daemon: settings.daemon === false ? 'off' : 'on',
    run_folder: settings.runFolder,
    log_folder: settings.logFolder,
    webui_folder: settings.webuiFolder,
    certificate: settings.certificate,
    certificate_key: settings.certificateKey,
    server_name: settings.serverName ?? '_',
    http_listen: settings.httpListen ?? '80',
    https_listen: settings.httpsListen ?? '443',
    https_suffix: settings.httpsPort === undefined || settings.httpsPort === 443 ? '' : `:${settings.httpsPort}`,
    body_limit: settings.bodyLimit ?? '20m',
    mime_types: settings.mimeTypes ?? '/etc/nginx/mime.types',
    page_headers: `${folder}page-headers.conf`,
  }
  for (const [name, value] of Object.entries(values)) refuseUnsafe(name, value)
  const servers = {
    api_servers: upstreamServers('api', settings.api),
    auth_servers: upstreamServers('auth', settings.auth),
    stream_servers: upstreamServers('stream', settings.stream),
  }
  const template = readFileSync(`${folder}st2.conf.template`, 'utf8')
  return template.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name) => {
    if (placeholder === '{{names}}') return placeholder
    const value = { ...values, ...servers }[name]
    if (value === undefined) throw new Error(`nothing is known for ${placeholder}`)
    return value
  })
}

function upstreamServers(name, addresses) {
  if (addresses.length === 0) throw new Error(`${name}: no address`)
  for (const address of addresses) refuseUnsafe(name, address)
  return addresses.map((address) => `server ${address} max_fails=1 fail_timeout=1s;`).join('\n    ')
}

function refuseUnsafe(name, value) {
  if (value !== '' && !SAFE.test(value)) throw new Error(`${name}: "${value}" cannot stand in an nginx configuration`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(renderConf(JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'))))
}

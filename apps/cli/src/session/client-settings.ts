import { configPath, DEFAULT_CONFIG, loadConfig } from '../config/config-file.ts'
import { settingsOf } from '../config/settings.ts'
import type { Input } from '../shell/input.ts'
import type { Io } from '../shell/io.ts'

/** What `--debug` adds to an error: where the client looked and through which proxies. Credentials are not shown. */
export async function clientSettings(globals: Input, io: Io): Promise<string> {
  const config = await loadConfig(globals, io).catch(() => DEFAULT_CONFIG)
  const path = await configPath(globals, io).catch((error: unknown) => `(${String(error)})`)
  const settings = settingsOf(globals, config, io)
  const variable = (name: string): string => io.env[name.toLowerCase()] ?? io.env[name] ?? ''
  const lines = [
    'CLI settings:',
    '----------------',
    `Config file path: ${path}`,
    'Client settings:',
    '----------------',
    `ST2_BASE_URL: ${settings.baseUrl}`,
    `ST2_AUTH_URL: ${settings.authUrl}`,
    `ST2_API_URL: ${settings.apiUrl}`,
    `ST2_STREAM_URL: ${settings.streamUrl}`,
    `ST2_AUTH_TOKEN: ${io.env['ST2_AUTH_TOKEN'] === undefined ? 'None' : '********'}`,
    '',
    'Proxy settings:',
    '---------------',
    `HTTP_PROXY: ${withoutPassword(variable('HTTP_PROXY'))}`,
    `HTTPS_PROXY: ${withoutPassword(variable('HTTPS_PROXY'))}`,
    '',
  ]
  return `${lines.join('\n')}\n`
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//********@')
}

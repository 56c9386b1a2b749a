import { readFileSync } from 'node:fs'
import { type Config, ConfigError, type MongoOptions, type RabbitBusOptions } from '@st2/engine'

/** MongoDB as `[database]` says. A URI in `host` brings its own host and port; what stands beside it is added. @source config.md 2.2 */
export function mongoConnection(config: Config): Pick<MongoOptions, 'url' | 'database' | 'driver'> {
  const { database } = config
  const url = /^mongodb(\+srv)?:\/\//.test(database.host)
    ? database.host
    : `mongodb://${bracketed(database.host)}:${database.port}/`
  const credentials =
    database.username === null
      ? {}
      : { auth: { username: database.username, password: database.password ?? undefined } }
  return {
    url,
    database: database.db_name,
    driver: {
      ...credentials,
      ...(database.authentication_mechanism === null
        ? {}
        : { authMechanism: mechanism(database.authentication_mechanism) }),
      ...(database.compressors === '' ? {} : { compressors: compressors(database.compressors) }),
      ...zlibLevel(database),
      ...tlsOf(config),
    },
  }
}

/** @source config.md 2.2 */
export function rabbitConnection(config: Config): Pick<RabbitBusOptions, 'url' | 'startRetries' | 'socket'> {
  const { messaging } = config
  const urls = messaging.cluster_urls.length > 0 ? messaging.cluster_urls : [messaging.url]
  if (urls.length > 1) {
    throw new ConfigError('[messaging] cluster_urls: one URL is supported; put a proxy or a DNS name before the nodes')
  }
  const usesTls =
    messaging.ssl ||
    [messaging.ssl_keyfile, messaging.ssl_certfile, messaging.ssl_ca_certs].some((file) => file !== null)
  const url = urls[0] ?? ''
  return {
    // Upstream's default writes the virtual host "/" as a second slash.
    url: (usesTls ? url.replace(/^amqp:/, 'amqps:') : url).replace(/\/\/$/, '/%2F'),
    startRetries: 0,
    ...(usesTls ? { socket: rabbitTls(config) } : {}),
  }
}

/** Upstream's URL is of tooz: of its drivers only Redis is there. */
export function redisUrl(config: Config): string {
  const url = config.coordination.url ?? ''
  if (/^rediss?:\/\//.test(url)) return url
  const driver = /^([\w+]+):/.exec(url)?.[1] ?? url
  throw new ConfigError(`[coordination] url: the driver "${driver}" is not supported; use redis:// or rediss://`)
}

function tlsOf({ database }: Config) {
  const isOn = database.tls || database.tls_ca_file !== null || database.tls_certificate_key_file !== null
  if (!isOn) return {}
  return {
    tls: true,
    ...(database.tls_ca_file === null ? {} : { tlsCAFile: database.tls_ca_file }),
    ...(database.tls_certificate_key_file === null ? {} : { tlsCertificateKeyFile: database.tls_certificate_key_file }),
    ...(database.tls_certificate_key_file_password === null
      ? {}
      : { tlsCertificateKeyFilePassword: database.tls_certificate_key_file_password }),
    tlsAllowInvalidCertificates: database.tls_allow_invalid_certificates,
    tlsAllowInvalidHostnames: database.tls_allow_invalid_hostnames,
  }
}

const MECHANISMS = ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'MONGODB-X509', 'PLAIN', 'MONGODB-AWS', 'GSSAPI'] as const

function mechanism(text: string): (typeof MECHANISMS)[number] {
  const found = MECHANISMS.find((name) => name === text)
  if (found !== undefined) return found
  throw new ConfigError(`[database] authentication_mechanism: "${text}" is none of ${MECHANISMS.join(', ')}`)
}

const COMPRESSORS = ['zstd', 'snappy', 'zlib'] as const
/** The others need packages that are not shipped. */
const BUILT_IN_COMPRESSOR = 'zlib'

function compressors(text: string): 'zlib'[] {
  return text.split(',').map((name) => {
    const wanted = name.trim()
    if (wanted === BUILT_IN_COMPRESSOR) return wanted
    const isKnown = COMPRESSORS.some((compressor) => compressor === wanted)
    throw new ConfigError(`[database] compressors: "${wanted}" is ${isKnown ? 'not supported, use zlib' : 'unknown'}`)
  })
}

const ZLIB_LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** −1 is the library's own choice, as is nothing. */
function zlibLevel({ zlib_compression_level: level }: Config['database']) {
  if (level === null || level === -1) return {}
  const found = ZLIB_LEVELS.find((one) => one === level)
  if (found !== undefined) return { zlibCompressionLevel: found }
  throw new ConfigError(`[database] zlib_compression_level: ${level} is not between -1 and 9`)
}

function rabbitTls({ messaging }: Config): Record<string, unknown> {
  const read = (option: string, path: string | null): Record<string, Buffer> => {
    if (path === null) return {}
    try {
      return { [option]: readFileSync(path) }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ConfigError(`[messaging] ${path} cannot be read: ${reason}`, { cause })
    }
  }
  return {
    ...read('key', messaging.ssl_keyfile),
    ...read('cert', messaging.ssl_certfile),
    ...read('ca', messaging.ssl_ca_certs),
    rejectUnauthorized: messaging.ssl_cert_reqs !== 'none',
  }
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

import type { Config } from '@st2/engine'
import { LogSink } from './log-sink.ts'
import pino, { type Logger } from 'pino'

/** Field names whose values never reach a log line, wherever they stand. @source config.md 3 */
const MASKED = ['password', 'auth_token', 'token', 'secret', 'credentials', 'st2_auth_token', 'authorization', 'cookie']

/** One JSON line each, on stderr: stdout speaks to the person who started the server. */
export function createLogger(config: Config): Logger {
  const names = [...MASKED, ...config.log.mask_secrets_blacklist]
  const isDebug = config.DEFAULT.debug || config.system.debug
  return pino(
    {
      level: isDebug ? 'debug' : 'info',
      redact: { paths: names.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '********' },
    },
    new LogSink(process.stderr.fd),
  )
}

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
}

/** The server named by ST2_TEST_REDIS_URI, or one of its own on a free port, without a file. */
export async function startRedis(): Promise<RedisServer> {
  const named = process.env['ST2_TEST_REDIS_URI']
  if (named !== undefined && named !== '') return { url: named, [Symbol.asyncDispose]: async () => undefined }
  return startOwnRedis()
}

/** One that asks for this password; its URL has none. */
export function startGuardedRedis(password: string): Promise<RedisServer> {
  return startOwnRedis(['--requirepass', password])
}

async function startOwnRedis(further: readonly string[] = []): Promise<RedisServer> {
  const own = await freePort()
  const options = ['--port', String(own), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...further]
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Ready to accept connections')) continue
    child.stdout.resume()
    return {
      url: `redis://127.0.0.1:${own}`,
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGTERM')
        await ended
      },
    }
  }
  throw new Error('redis-server ended before it listened')
}

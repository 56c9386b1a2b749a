import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server that speaks MongoDB's protocol. */
export interface MongodbServer extends AsyncDisposable {
  readonly url: string
  /** A stand-in shows less than the real thing: what its answers do not prove stands beside the tests. */
  readonly isStandIn: boolean
}

/** The server named by ST2_TEST_MONGODB_URI, or a stand-in on a free port that ends with this process. */
export async function startMongodb(): Promise<MongodbServer> {
  const named = process.env['ST2_TEST_MONGODB_URI']
  if (named !== undefined && named !== '') {
    return { url: named, isStandIn: false, [Symbol.asyncDispose]: async () => undefined }
  }
  const folder = process.env['ST2_MONGODB_STAND_IN']
  if (folder === undefined) throw new Error('ST2_MONGODB_STAND_IN names no folder: run this suite by scripts/test.mjs')
  const options = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
  const classes = `${join(folder, 'classes')}:${join(folder, 'lib/*')}`
  const child = spawn('java', [...options, '-cp', classes, 'StandIn'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for await (const url of createInterface({ input: child.stdout })) {
    return {
      url,
      isStandIn: true,
      [Symbol.asyncDispose]: async () => {
        child.stdin.end()
        await ended
      },
    }
  }
  throw new Error('the stand-in for MongoDB ended before it listened')
}

import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { Connection } from './connection.ts'
import { failureOf } from './failure.ts'
import { copyLog } from './log-keeper.ts'
import { type Answer, isRead, type Operation, type Result } from './protocol.ts'
import { Reader } from './read-operations.ts'
import { tableOf } from './table.ts'
import type { ThreadSetup } from './thread-setup.ts'

/** A thread that reads: lists, counts, scans and blobs. It may also copy the log into the file, beside the writer. */
const setup: ThreadSetup = workerData
if (parentPort !== null) start(parentPort)

/** Answers are sent at least this often, so that a quick read does not wait for the slow one behind it. */
const ANSWER_AFTER_MS = 2

function start(port: MessagePort): void {
  const say = (answer: Answer): void => port.postMessage(answer)
  try {
    const connection = new Connection(setup.path, { readOnly: false, cacheKiB: setup.cacheKiB, busyTimeoutMs: 5_000 })
    const reader = new Reader(connection, setup.collections.map(tableOf), setup.limits)
    port.on('message', (operations: Operation[]) => {
      let results: Result[] = []
      let since = performance.now()
      for (const operation of operations) {
        results.push(run(operation, connection, reader))
        if (performance.now() - since < ANSWER_AFTER_MS) continue
        say({ kind: 'results', results })
        results = []
        since = performance.now()
      }
      if (results.length > 0) say({ kind: 'results', results })
    })
    say({ kind: 'ready' })
  } catch (error) {
    say({ kind: 'refused', failure: failureOf(error) })
    port.close()
  }
}

function run(operation: Operation, connection: Connection, reader: Reader): Result {
  if (isRead(operation)) return reader.run(operation)
  switch (operation[0]) {
    case 'checkpoint':
      return copyLog(connection, 'passive')
    case 'close':
      connection.close()
      return null
    default:
      return { failure: 'internal', message: `a reader was asked to ${operation[0]}` }
  }
}

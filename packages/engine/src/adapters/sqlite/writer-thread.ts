import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { Connection } from './connection.ts'
import { failureOf } from './failure.ts'
import { copyLog, LogKeeper } from './log-keeper.ts'
import { type Answer, isRead, type Operation, type Result, type WriteOperation } from './protocol.ts'
import { Reader } from './read-operations.ts'
import { migrate, NewerSchemaError, SCHEMA_VERSION } from './schema.ts'
import { tableOf } from './table.ts'
import { MEMORY_PATH, type ThreadSetup } from './thread-setup.ts'
import { Writer } from './write-operations.ts'

/**
 * The thread of the one writer. It takes all operations that wait, writes them as one transaction with one sync, and
 * answers them together; what arrives meanwhile is the next group. A store in memory is read here too, after the
 * commit of the writes that came before.
 */
const MAX_GROUP = 512

/** Of a new file. Documents of 2 KB waste a third of the usual 4 KiB; larger pages cost more for each that changes. */
const PAGE_BYTES = 8_192

const setup: ThreadSetup = workerData
if (parentPort !== null) start(parentPort)

function start(port: MessagePort): void {
  const say = (answer: Answer): void => port.postMessage(answer)
  try {
    const connection = openForWriting((message) => say({ kind: 'progress', message }))
    const tables = setup.collections.map(tableOf)
    const writer = new Writer(connection, tables, setup.limits)
    const reader = new Reader(connection, tables, setup.limits)
    const warn = (message: string): void => say({ kind: 'warning', message })
    const log = new LogKeeper(connection, () => say({ kind: 'log-grown' }), warn)
    port.on('message', (first: Operation[]) => {
      const operations = waiting(port, first)
      const isLast = operations.some(isClose)
      for (let done = 0; done < operations.length; done += MAX_GROUP) {
        const results = runGroup(writer, reader, operations.slice(done, done + MAX_GROUP))
        if (isLast && done + MAX_GROUP >= operations.length) close(connection, warn)
        say({ kind: 'results', results })
      }
      if (!isLast) log.look()
    })
    say({ kind: 'ready' })
  } catch (error) {
    say(
      error instanceof NewerSchemaError
        ? { kind: 'newer-version', found: error.found, supported: SCHEMA_VERSION }
        : { kind: 'refused', failure: failureOf(error) },
    )
    port.close()
  }
}

function openForWriting(progress: (message: string) => void): Connection {
  const connection = new Connection(setup.path, { readOnly: false, cacheKiB: setup.cacheKiB, busyTimeoutMs: 5_000 })
  connection.exec(`pragma page_size = ${PAGE_BYTES}`)
  connection.exec('pragma journal_mode = wal')
  connection.exec('pragma synchronous = full')
  // NOTE: the log keeper decides when the log is copied into the file, and by whom.
  connection.exec('pragma wal_autocheckpoint = 0')
  migrate(connection, setup.collections.map(tableOf), progress)
  limitFile(connection, setup.maxFileBytes)
  return connection
}

function limitFile(connection: Connection, maxBytes: number | null): void {
  if (maxBytes === null) return
  const pageBytes = Number(connection.value('pragma page_size'))
  connection.exec(`pragma max_page_count = ${Math.floor(maxBytes / pageBytes)}`)
}

function waiting(port: MessagePort, first: Operation[]): Operation[] {
  const operations = first
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    operations.push(...next.message)
  }
  return operations
}

function runGroup(writer: Writer, reader: Reader, operations: readonly Operation[]): Result[] {
  const results: Result[] = Array.from({ length: operations.length }, () => null)
  const writes: WriteOperation[] = []
  const places: number[] = []
  operations.forEach((operation, place) => {
    if (isRead(operation) || isControl(operation)) return
    writes.push(operation)
    places.push(place)
  })
  if (writes.length > 0) writer.runGroup(writes).forEach((result, number) => (results[places[number] ?? 0] = result))
  operations.forEach((operation, place) => {
    if (isRead(operation)) results[place] = reader.run(operation)
  })
  return results
}

function isControl(operation: Operation): operation is readonly ['checkpoint'] | readonly ['close'] {
  return operation[0] === 'checkpoint' || operation[0] === 'close'
}

function isClose(operation: Operation): boolean {
  return operation[0] === 'close'
}

function close(connection: Connection, warn: (message: string) => void): void {
  const failure = setup.path === MEMORY_PATH ? null : copyLog(connection, 'truncate')
  if (failure !== null)
    warn(`the log of the store stays beside its file, to be read at the next start: ${failure.message}`)
  connection.close()
}

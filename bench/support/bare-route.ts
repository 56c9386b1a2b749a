// The baseline: a bare Fastify route that makes one fully synced SQLite commit per request. Prints its address.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import Fastify from 'fastify'

const folder = process.argv[2] ?? '.'
const store = new DatabaseSync(join(folder, 'bare.sqlite'))
store.exec('pragma journal_mode = wal; pragma synchronous = full')
store.exec('create table request(id integer primary key, body text)')
const insert = store.prepare('insert into request(body) values (?)')
const app = Fastify()
app.post('/', async (request, reply) => {
  const { lastInsertRowid } = insert.run(JSON.stringify(request.body))
  return reply.code(201).send({ id: Number(lastInsertRowid) })
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.on('SIGTERM', () => process.exit(0))

import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Engine } from '@st2/engine'
import { type ExecutionDocument, InvalidError, NotFoundError } from '@st2/model'
import { hasVersion, wantedRange } from '../http/byte-range.ts'
import { requireId } from '../http/filters.ts'
import { sendJson } from '../http/json-reply.ts'
import { QueryParameters } from '../http/query-parameters.ts'
import type { Steps } from '../results/json-walker.ts'
import { outlineResult } from '../results/outline-result.ts'
import { resultLines } from '../results/result-lines.ts'
import { formatResultPath, parseResultPath } from '../results/result-path.ts'
import { type ResultText, resultText } from '../results/result-text.ts'
import { ScanTurns } from '../results/scan-turns.ts'
import { searchResult } from '../results/search-result.ts'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'
import {
  LINES_QUERY,
  LINES,
  MATCHES,
  OUTLINE,
  OUTLINE_QUERY,
  RESULT_QUERY,
  SEARCH_QUERY,
} from './execution-result-schemas.ts'
import { findExecution } from './find-execution.ts'

export interface ExecutionResultRoutesOptions {
  readonly engine: Engine
  readonly presenter: ExecutionPresenter
}

const MAX_ENTRIES = 1000
const MAX_LINES = 5000
const MAX_SEARCH_LENGTH = 200

interface ById {
  Params: { id: string }
}

/**
 * Results of any size. The whole is StackStorm's; parts of it are this server's own: bytes, what stands at a path, what a search finds. Places
 * are bytes of the result's text, and good as long as its ETag is. @source rest-api.md 9.3
 */
export function executionResultRoutes(app: FastifyInstance, { engine, presenter }: ExecutionResultRoutesOptions): void {
  const turns = new ScanTurns()

  app.get<ById>(
    '/api/v1/executions/:id/result',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'The result of an execution, or a range of its bytes',
          query: RESULT_QUERY,
          response: {},
          contentType: 'text/json',
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const document = await executionOf(request)
      const isCompressed = query.boolean('compress') === true
      if (query.boolean('download') === true) {
        const name = `execution_${document.id}_result.json${isCompressed ? '.gz' : ''}`
        reply.header('content-disposition', `attachment; filename=${name}`)
      }
      if (query.boolean('pretty_format') === true) return sendPretty(reply, document, isCompressed)
      const text = await resultText(engine, presenter, document)
      if (isCompressed) return sendCompressed(reply, streamOf(await text.read()))
      return sendText(request, reply, text)
    },
  )

  app.get<ById>(
    '/api/v1/executions/:id/result/outline',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'What stands at a path of a result, and what is in it',
          query: OUTLINE_QUERY,
          response: OUTLINE,
        },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const steps = parseResultPath(query.filter('path') ?? '$')
      const page = { offset: readCount(query, 'offset', 0), limit: readLimit(query, 100, MAX_ENTRIES) }
      const text = await resultText(engine, presenter, await executionOf(request))
      const outline = await turns.run(async () => outlineResult(wanted(reply, await text.read()), steps, page))
      if (outline === null) throw nothingAt(steps)
      return sendJson(reply, { ...outline, ...page, ...versionOf(text), size: text.size })
    },
  )

  app.get<ById>(
    '/api/v1/executions/:id/result/search',
    {
      config: {
        permission: 'execution_view',
        api: { summary: 'Lines of a result in which a text occurs', query: SEARCH_QUERY, response: MATCHES },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const search = {
        text: readSearchText(query),
        isCaseSensitive: query.boolean('case_sensitive') === true,
        from: readCount(query, 'from', 0),
        limit: readLimit(query, 100, MAX_ENTRIES),
      }
      const text = await resultText(engine, presenter, await executionOf(request))
      const found = await turns.run(async () => searchResult(wanted(reply, await text.read()), search))
      return sendJson(reply, { query: search.text, size: text.size, ...versionOf(text), ...found })
    },
  )

  app.get<ById>(
    '/api/v1/executions/:id/result/lines',
    {
      config: {
        permission: 'execution_view',
        api: { summary: 'A string of a result as lines', query: LINES_QUERY, response: LINES },
      },
    },
    async (request, reply) => {
      const query = new QueryParameters(request)
      const steps = parseResultPath(query.filter('path') ?? '$')
      const page = { from: readCount(query, 'from', 0), limit: readLimit(query, 500, MAX_LINES) }
      const text = await resultText(engine, presenter, await executionOf(request))
      const found = await turns.run(async () => resultLines(wanted(reply, await text.read()), steps, page))
      if (found === null) throw nothingAt(steps)
      const path = formatResultPath(steps)
      if (typeof found === 'string') throw new InvalidError(`path: ${path} of the result is ${found}, not string.`)
      return sendJson(reply, { path, ...versionOf(text), from: page.from, ...found })
    },
  )

  function executionOf({ params }: FastifyRequest<ById>): Promise<ExecutionDocument> {
    return findExecution(engine, requireId(params.id))
  }

  /** Laid out anew, for which all of it is needed. */
  async function sendPretty(
    reply: FastifyReply,
    document: ExecutionDocument,
    isCompressed: boolean,
  ): Promise<FastifyReply> {
    const view = await presenter.one(document, { showSecrets: false, withResult: true, withChildren: false })
    const text = Readable.from([Buffer.from(JSON.stringify(view['result'] ?? {}, null, 2))])
    return isCompressed ? sendCompressed(reply, text) : reply.header('content-type', 'text/json').send(text)
  }
}

async function sendText(request: FastifyRequest, reply: FastifyReply, text: ResultText): Promise<FastifyReply> {
  const { size, etag } = text
  reply.header('accept-ranges', 'bytes').header('etag', etag)
  if (hasVersion(request.headers, etag)) return reply.code(304).send()
  const range = wantedRange(request.headers, etag, size)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`)
    return sendJson(reply, { faultstring: `The result has ${size} bytes; the range lies beyond them.` }, 416)
  }
  const part = range === 'whole' ? { start: 0, end: size } : range
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${part.start}-${part.end - 1}/${size}`)
  reply.header('content-type', 'text/json').header('content-length', part.end - part.start)
  return reply.send(streamOf(await text.read(part)))
}

function sendCompressed(reply: FastifyReply, text: Readable): FastifyReply {
  reply.header('content-type', 'application/x-gzip').header('content-encoding', 'gzip')
  return reply.send(text.pipe(createGzip()))
}

function streamOf(chunks: AsyncIterable<Uint8Array>): Readable {
  return Readable.from(chunks, { objectMode: false })
}

/** Ends when nobody waits for the answer any more. */
async function* wanted(reply: FastifyReply, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (reply.raw.destroyed) return
    yield chunk
  }
}

/** As a value, without the header's quotes. */
function versionOf({ etag }: ResultText): { etag: string } {
  return { etag: etag.slice(1, -1) }
}

function nothingAt(steps: Steps): NotFoundError {
  return new NotFoundError(`The result has nothing at "${formatResultPath(steps)}".`)
}

function readSearchText(query: QueryParameters): string {
  const text = query.text('q') ?? ''
  if (text.length < 1 || text.length > MAX_SEARCH_LENGTH)
    throw new InvalidError(`q has ${text.length} characters; 1 to ${MAX_SEARCH_LENGTH} are allowed.`)
  if (text.includes('\n')) throw new InvalidError('q has a line break; lines are searched one by one.')
  return text
}

function readCount(query: QueryParameters, name: string, otherwise: number): number {
  const count = query.integer(name) ?? otherwise
  if (count < 0 || !Number.isSafeInteger(count)) throw new InvalidError(`${name} is ${count}; it must be 0 or more.`)
  return count
}

function readLimit(query: QueryParameters, otherwise: number, most: number): number {
  const limit = query.integer('limit') ?? otherwise
  if (limit >= 1 && limit <= most) return limit
  throw new InvalidError(`limit is ${limit}; 1 to ${most} are allowed.`)
}

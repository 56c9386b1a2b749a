import type { FastifyInstance } from 'fastify'
import { type Engine, unknownExecution } from '@st2/engine'
import {
  type ExecutionDocument,
  type ExecutionOutput,
  type ExecutionStatus,
  InvalidError,
  isCompleted,
  STREAM_EVENTS,
} from '@st2/model'
import { QueryParameters } from '../http/query-parameters.ts'
import type { SseConnection } from './sse-connection.ts'
import type { StreamHub } from './stream-hub.ts'
import { TEXT } from '../openapi/route-document.ts'

export interface OutputStreamOptions {
  readonly engine: Engine
  readonly hub: StreamHub
}

/** What one execution printed so far, then what it prints, then EOF. Nothing is told twice. @source rest-api.md 11.2 */
export function executionOutputRoutes(app: FastifyInstance, options: OutputStreamOptions): void {
  app.get<ById>(
    '/stream/v1/executions/:id/output',
    {
      config: {
        permission: 'execution_view',
        api: {
          summary: 'What an execution printed and prints',
          query: { output_type: { type: 'string', description: 'stdout, stderr, output or all' } },
          response: TEXT,
          contentType: 'text/event-stream',
        },
      },
    },
    async (request, reply) => {
      const type = new QueryParameters(request).filter('output_type') ?? 'all'
      const document = await findExecution(options.engine, request.params.id)
      const feed = new OutputFeed(options.engine, document.id, type === 'all' ? null : type)
      const unfollow = await options.hub.follow(document.id, {
        onOutput: (output) => feed.live(output),
        onChange: (event) => feed.changed(event.document.status),
      })
      const connection = options.hub.connect(reply)
      connection.onClose(unfollow)
      await feed.run(connection)
      return reply
    },
  )
}

interface ById {
  Params: { id: string }
}

async function findExecution(engine: Engine, id: string): Promise<ExecutionDocument> {
  const document = id === 'last' ? await engine.executions.last() : await engine.executions.get(id)
  if (document !== null) return document
  if (id === 'last') throw new InvalidError('No executions found in the database')
  throw unknownExecution(id)
}

/**
 * Two phases. Catching up: stored records are told as fast as the client takes them; what is printed meanwhile is stored
 * too, so it is only noted that there is more. Live: records are told as they come. Ids ascend, so nothing is told twice.
 */
class OutputFeed {
  readonly #engine: Engine
  readonly #executionId: string
  readonly #type: string | null
  #connection: SseConnection | null = null
  #isLive = false
  #hasMore = true
  #lastId = ''
  #isEnding = false

  constructor(engine: Engine, executionId: string, type: string | null) {
    this.#engine = engine
    this.#executionId = executionId
    this.#type = type
  }

  async run(connection: SseConnection): Promise<void> {
    this.#connection = connection
    while (this.#hasMore && connection.isOpen) {
      this.#hasMore = false
      // Asked before reading: once the execution has ended, everything it printed is stored.
      const now = await this.#engine.executions.get(this.#executionId)
      await this.#tellStored(connection)
      if (now === null || endsOutput(now.status)) this.#isEnding = true
    }
    this.#isLive = true
    if (this.#isEnding) this.#end()
  }

  live(output: ExecutionOutput): void {
    if (this.#type !== null && output.output_type !== this.#type) return
    if (this.#isLive) this.#tell(output)
    else this.#hasMore = true
  }

  changed(status: ExecutionStatus): void {
    if (!endsOutput(status)) return
    this.#isEnding = true
    if (this.#isLive) this.#end()
    else this.#hasMore = true
  }

  async #tellStored(connection: SseConnection): Promise<void> {
    for await (const output of this.#engine.outputs.read(this.#executionId, this.#type, this.#lastId)) {
      this.#tell(output)
      await connection.drained()
      if (!connection.isOpen) return
    }
  }

  #tell(output: ExecutionOutput): void {
    if (output.id <= this.#lastId) return
    this.#lastId = output.id
    this.#connection?.send(STREAM_EVENTS.outputCreate, JSON.stringify(output))
  }

  #end(): void {
    // NOTE: two apostrophes, not JSON: clients compare with it.
    this.#connection?.send('EOF', "''")
    this.#connection?.end()
  }
}

function endsOutput(status: ExecutionStatus): boolean {
  return isCompleted(status) || status === 'pausing' || status === 'resuming'
}

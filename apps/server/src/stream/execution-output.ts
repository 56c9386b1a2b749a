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
      const feed = new OutputFeed(type === 'all' ? null : type)
      const unfollow = await options.hub.follow(document.id, {
        onOutput: (output) => feed.live(output),
        onChange: (event) => feed.changed(event.document.status),
      })
      const connection = options.hub.connect(reply)
      connection.onClose(unfollow)
      feed.attach(connection)
      for await (const output of options.engine.outputs.read(document.id, feed.type)) feed.stored(output)
      // Read after following: a change that was missed before is seen here.
      const now = await options.engine.executions.get(document.id)
      feed.caughtUp(now?.status ?? 'canceled')
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

/** Live records wait until the stored ones are told; ids ascend, so what was told already is known by its id. */
class OutputFeed {
  readonly type: string | null
  #connection: SseConnection | null = null
  #waiting: ExecutionOutput[] | null = []
  #lastId = ''
  #isEnding = false

  constructor(type: string | null) {
    this.type = type
  }

  attach(connection: SseConnection): void {
    this.#connection = connection
  }

  stored(output: ExecutionOutput): void {
    this.#tell(output)
  }

  live(output: ExecutionOutput): void {
    if (this.type !== null && output.output_type !== this.type) return
    if (this.#waiting === null) this.#tell(output)
    else this.#waiting.push(output)
  }

  changed(status: ExecutionStatus): void {
    if (!endsOutput(status)) return
    this.#isEnding = true
    if (this.#waiting === null) this.#end()
  }

  caughtUp(status: ExecutionStatus): void {
    for (const output of this.#waiting ?? []) this.#tell(output)
    this.#waiting = null
    if (this.#isEnding || endsOutput(status)) this.#end()
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

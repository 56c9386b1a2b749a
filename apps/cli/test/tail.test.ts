import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

const ID = '6b0739894b3c9bb3ab8ff6fb'
const EXECUTION = { id: ID, action: { ref: 'core.local', runner_type: 'local-shell-cmd' }, context: {} }

function output(id: string): string {
  const data = { id, execution_id: ID, data: `${id}\n`, output_type: 'stdout', timestamp: '2026-01-01T00:00:00Z' }
  return `event: st2.execution.output__create\ndata: ${JSON.stringify(data)}\n\n`
}

/** Statuses of the execution, in the order they are asked for, and what each connection of the stream sends. */
async function serve(statuses: readonly string[], connections: readonly string[]) {
  const left = { statuses: [...statuses], connections: [...connections] }
  const answer = (response: ServerResponse, type: string, body: string): void => {
    response.writeHead(200, { 'content-type': type }).end(body)
  }
  const server = createServer((request, response) => {
    if (request.headers.accept === 'text/event-stream')
      answer(response, 'text/event-stream', left.connections.shift() ?? '')
    else {
      const status = left.statuses.length > 1 ? left.statuses.shift() : left.statuses[0]
      answer(response, 'application/json', JSON.stringify({ ...EXECUTION, status }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('execution tail', () => {
  it('shows what was printed before it came, and says when the stream was lost', async () => {
    const end = "event: EOF\ndata: ''\n\n"
    await using server = await serve(
      ['running', 'succeeded'],
      [output('l1') + output('l2'), output('l1') + output('l2') + output('l3') + end],
    )
    const run = await runCli(['execution', 'tail', ID], { port: server.port })
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: `l1\nl2\nl3\n\nExecution ${ID} has completed (status=succeeded).\n`,
      stderr: 'Connection to the stream was lost (the server closed the stream). Trying again in 0.5 s.\n',
    })
  })

  it('waits for the start', async () => {
    await using server = await serve(
      ['scheduled', 'scheduled', 'running', 'failed'],
      [`${output('l1')}event: EOF\ndata: ''\n\n`],
    )
    const run = await runCli(['execution', 'tail', '--include-metadata', ID], { port: server.port })
    expect(run.stdout).toBe(
      `Execution ${ID} has started.\n\n[2026-01-01T00:00:00Z][stdout] l1\n\nExecution ${ID} has completed (status=failed).\n`,
    )
  })
})

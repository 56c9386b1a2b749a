import type { PurgeKind, PurgeRequest } from '@st2/model'
import { askServer } from './ask-server.ts'
import { UsageError } from './program-arguments.ts'
import { parsePurgeCommand, purgeUsage } from './purge-command.ts'

/** The st2-purge commands: requests to a running server, which removes a part of what is too old at a time. */
async function main([kind, ...args]: readonly string[]): Promise<void> {
  const name = `st2-purge-${kind}`
  try {
    const command = parsePurgeCommand(kind, args)
    if (command === 'help') {
      // The kind is a known one: its command line was understood.
      process.stdout.write(purgeUsage(kind as PurgeKind))
      return
    }
    const removed = await purge(command, (count) => showProgress(command.kind, count))
    process.stdout.write(`${clearLine()}Removed ${removed} ${command.kind}.\n`)
  } catch (error) {
    process.stderr.write(`${clearLine()}${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof UsageError) process.stderr.write(`Try '${name} --help'.\n`)
    process.exitCode = 1
  }
}

async function purge(request: PurgeRequest, onProgress: (removed: number) => void): Promise<number> {
  let removed = 0
  for (let from: string | null = ''; from !== null; ) {
    const answer = await askServer('purges', { ...request, from })
    if (!('removed' in answer) || typeof answer.removed !== 'number') throw new Error('the server answered no purge')
    removed += answer.removed
    from = 'next' in answer && typeof answer.next === 'string' ? answer.next : null
    onProgress(removed)
  }
  return removed
}

/** A line that changes on a terminal; a log has no use for it. */
function showProgress(kind: string, count: number): void {
  if (process.stdout.isTTY) process.stdout.write(`${clearLine()}${count} ${kind} removed so far…`)
}

function clearLine(): string {
  return process.stdout.isTTY ? '\r\x1b[K' : ''
}

await main(process.argv.slice(2))

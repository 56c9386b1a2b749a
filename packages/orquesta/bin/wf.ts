// Workflows without a server: `npm run -s wf -- COMMAND`.
//   conduct, inspect   JSON lines from stdin, a line of answer for each
//   check FILE         runs a file of recorded cases and lists what differs
//   rehearse FILE…     tries workflows against their test cases
import { once } from 'node:events'
import { boundedLines } from '@st2/expressions/lines'
import { answerLine, type Answering, conductAnswer, inspectAnswer } from './answers.ts'
import { checkFile } from './check-file.ts'
import { rehearseFile } from './rehearse-file.ts'

const [command, ...rest] = process.argv.slice(2)

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // nobody reads the answers any more
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

switch (command) {
  case 'conduct':
    await answerLines(conductAnswer)
    break
  case 'inspect':
    await answerLines(inspectAnswer)
    break
  case 'check':
    check(rest)
    break
  case 'rehearse':
    rehearseAll(rest)
    break
  default:
    fail(
      'usage: wf conduct | inspect | check FILE | rehearse FILE… | roundtrip | edit [COMMAND…] | rename [KIND FROM TO]',
    )
}

async function answerLines(answering: Answering): Promise<void> {
  process.stdin.setEncoding('utf8')
  for await (const line of boundedLines(process.stdin)) {
    if (line !== null && line.trim() === '') continue
    await write(answerLine(line, answering))
  }
}

function check([path]: string[]): void {
  if (path === undefined) return fail('usage: wf check FILE')
  const { agreeing, differences } = checkFile(path, { conduct: conductAnswer, inspect: inspectAnswer })
  for (const difference of differences) process.stdout.write(`${difference}\n`)
  process.stdout.write(`${agreeing} agree, ${differences.length} differ\n`)
  if (differences.length > 0) process.exitCode = 1
}

function rehearseAll(paths: string[]): void {
  if (paths.length === 0) return fail('usage: wf rehearse FILE…')
  for (const path of paths) {
    const differences = rehearsed(path)
    process.stdout.write(`${differences.length === 0 ? 'ok' : 'differs'}  ${path}\n`)
    for (const difference of differences) process.stdout.write(`  ${difference}\n`)
    if (differences.length > 0) process.exitCode = 1
  }
}

/** A case that can not be tried differs as well. */
function rehearsed(path: string): string[] {
  try {
    return rehearseFile(path)
  } catch (error) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)]
  }
}

async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

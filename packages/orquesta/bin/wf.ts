// Workflows without a server: `npm run -s wf -- COMMAND`.
//   conduct, inspect   JSON lines from stdin, a line of answer for each
//   check FILE         runs a file of recorded cases and lists what differs
import { once } from 'node:events'
import { answerLine, type Answering, conductAnswer } from './answers.ts'
import { boundedLines } from './bounded-lines.ts'
import { checkFile } from './check-file.ts'

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
  case 'check':
    check(rest)
    break
  default:
    fail(`usage: wf conduct | check FILE`)
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
  const { agreeing, differences } = checkFile(path, { conduct: conductAnswer })
  for (const difference of differences) process.stdout.write(`${difference}\n`)
  process.stdout.write(`${agreeing} agree, ${differences.length} differ\n`)
  if (differences.length > 0) process.exitCode = 1
}

async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

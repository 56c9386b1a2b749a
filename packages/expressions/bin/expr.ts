// Evaluates expressions: `npm run -s expr`. Each line on stdin is JSON {"id", "language", "expression", "context", "layer"}; each answer
// is a line {"id", "value"} or {"id", "error"}. The end of stdin ends it; a line that is no request is answered with an error.
import { once } from 'node:events'
import { answerLine } from './answer-line.ts'
import { boundedLines } from './bounded-lines.ts'

const surroundings = { now: () => Date.now() * 1000, random: () => Math.random() }

process.stdin.setEncoding('utf8')
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // nobody reads the answers any more
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

for await (const line of boundedLines(process.stdin)) {
  if (line !== null && line.trim() === '') continue
  if (!process.stdout.write(`${answerLine(line, surroundings)}\n`)) await once(process.stdout, 'drain')
}

// The model of the Workflow Designer without a browser: `npm run -s wf -- COMMAND`.
//   roundtrip            reads and writes back
//   edit [COMMAND…]      does commands of the designer, each a mapping in JSON: {"verb": "add-task", "name": "t2"}
//   rename KIND FROM TO  renames a task or a variable wherever it is named
// On stdin JSON lines {"id", "spec", "metadata", "commands" or "kind", "from", "to"}, each answered by one; or, where stdin does not
// begin with such a line, the text of one workflow, which is answered by the text that comes of it.
import { once } from 'node:events'
import { boundedLines } from '@st2/expressions/lines'
import { answerDesignerLine, isRequestLine } from './answer-line.ts'
import { answerText } from './answer-text.ts'
import { isDesignerVerb } from './designer-request.ts'

/** Characters of everything on stdin: thousands of workflows. */
const MAX_INPUT_LENGTH = 128 * 1024 * 1024

const [verb = '', ...args] = process.argv.slice(2)

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // nobody reads the answers any more
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

if (isDesignerVerb(verb)) {
  const { lines, text } = await readInput()
  if (text === null) for (const line of lines) await write(`${answerDesignerLine(verb, line, args)}\n`)
  else await answerWhole(verb, text)
} else {
  process.stderr.write('usage: wf roundtrip | wf edit [COMMAND…] | wf rename [task|variable FROM TO]\n')
  process.exitCode = 2
}

/** Lines of requests; or all of a text whose first line is none. */
async function readInput(): Promise<{ lines: (string | null)[]; text: string | null }> {
  process.stdin.setEncoding('utf8')
  const chunks: string[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    length += String(chunk).length
    if (length > MAX_INPUT_LENGTH)
      throw new RangeError(`stdin is longer than MAX_INPUT_LENGTH (${MAX_INPUT_LENGTH} characters)`)
    chunks.push(String(chunk))
  }
  const text = chunks.join('')
  const first = text.split('\n').find((line) => line.trim() !== '')
  if (first !== undefined && !isRequestLine(first)) return { lines: [], text }
  const lines: (string | null)[] = []
  for await (const line of boundedLines(chunksOf(chunks))) if (line === null || line.trim() !== '') lines.push(line)
  return { lines, text: null }
}

async function* chunksOf(chunks: readonly string[]): AsyncGenerator<string, undefined> {
  yield* chunks
  return undefined
}

/** What is refused is said on stderr, and the text comes out as it was. */
async function answerWhole(command: Parameters<typeof answerText>[0], text: string): Promise<void> {
  const { output, refusals } = answerText(command, text, args)
  await write(output)
  for (const refusal of refusals) process.stderr.write(`${refusal}\n`)
  if (refusals.length > 0) process.exitCode = 1
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

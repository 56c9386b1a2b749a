import { versionLine } from './shell/version.ts'

// a reader that has seen enough closes the pipe: that is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const words = process.argv.slice(2)
if (words.length === 1 && words[0] === '--version') process.stdout.write(versionLine())
else process.exitCode = await runCommandLine()

async function runCommandLine(): Promise<number> {
  const { processIo } = await import('./shell/process-io.ts')
  const { runShell } = await import('./shell/shell.ts')
  return runShell(words, processIo())
}

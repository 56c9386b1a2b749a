import { askServer } from './ask-server.ts'
import { UsageError } from './program-arguments.ts'
import { parseRegisterCommand, REGISTER_USAGE, type RegisterCommand } from './register-command.ts'

/** The st2-register-content command: a request to a running server, which is the only one that writes its data folder. */
async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseRegisterCommand(args)
    if (command === 'help') {
      process.stdout.write(REGISTER_USAGE)
      return
    }
    const { problems = [], ...counts } = await register(command)
    for (const [kind, count] of Object.entries(counts)) {
      process.stdout.write(`Registered ${String(count)} ${kind}.\n`)
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`)
  } catch (error) {
    process.stderr.write(`st2-register-content: ${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof UsageError) process.stderr.write("Try 'st2-register-content --help'.\n")
    process.exitCode = 1
  }
}

function register(command: RegisterCommand): Promise<{ readonly problems?: readonly string[] }> {
  return askServer('packs/register', {
    types: command.types,
    fail_on_failure: command.failOnFailure,
    ...(command.packs.length === 0 ? {} : { packs: command.packs }),
  })
}

await main(process.argv.slice(2))

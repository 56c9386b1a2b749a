import { processEnvironment } from '@st2/engine'
import { UsageError } from './options.ts'
import { parseRegisterCommand, REGISTER_USAGE, type RegisterCommand } from './register-command.ts'

const DEFAULT_API_URL = 'http://127.0.0.1:8080/api'

/** The st2-register-content command: a request to a running server, which is the only one that writes its data folder. */
async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseRegisterCommand(args)
    if (command === 'help') {
      process.stdout.write(REGISTER_USAGE)
      return
    }
    for (const [kind, count] of Object.entries(await register(command))) {
      process.stdout.write(`Registered ${String(count)} ${kind}.\n`)
    }
  } catch (error) {
    process.stderr.write(`st2-register-content: ${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof UsageError) process.stderr.write("Try 'st2-register-content --help'.\n")
    process.exitCode = 1
  }
}

async function register(command: RegisterCommand): Promise<object> {
  const env = processEnvironment()
  const url = `${(env['ST2_API_URL'] ?? DEFAULT_API_URL).replace(/\/(v1\/?)?$/, '')}/v1/packs/register`
  const answer = await ask(url, credentialOf(env), {
    types: command.types,
    fail_on_failure: command.failOnFailure,
    ...(command.packs.length === 0 ? {} : { packs: command.packs }),
  })
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok && typeof body === 'object' && body !== null) return body
  const fault = typeof body === 'object' && body !== null && 'faultstring' in body ? String(body.faultstring) : ''
  throw new Error(fault === '' ? `${url} answered ${answer.status}` : fault)
}

async function ask(url: string, credential: Record<string, string>, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credential },
      body: JSON.stringify(body),
    })
  } catch (cause) {
    throw new Error(`no server answers at ${url}`, { cause })
  }
}

function credentialOf(env: ReturnType<typeof processEnvironment>): Record<string, string> {
  const { ST2_AUTH_TOKEN: token, ST2_API_KEY: apiKey } = env
  if (token !== undefined && token !== '') return { 'x-auth-token': token }
  return apiKey !== undefined && apiKey !== '' ? { 'st2-api-key': apiKey } : {}
}

await main(process.argv.slice(2))

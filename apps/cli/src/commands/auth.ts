import type { Token } from '@st2/model'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { printProperties } from './print.ts'

/** Shows a new token; nothing is kept. */
export const authenticate: Handler = async (context) => {
  const token = await requestToken(context)
  if (context.input.has('only_token')) context.io.out(`${token.token}\n`)
  else printProperties(context, token, { attributes: ['user', 'token', 'expiry'] })
}

export async function requestToken({ input, io, session }: CommandContext): Promise<Token> {
  const password = input.text('password') || (await io.askSecret('Password: '))
  return session.client.auth.login(input.text('username') ?? '', password, input.integer('ttl') || undefined)
}

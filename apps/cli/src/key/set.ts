import { printProperties } from '../commands/print.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

const SET_ATTRIBUTES = ['name', 'value', 'scope', 'expire_timestamp']
const PROMPT = 'Please insert value for key: '

export const setKey: Handler = async (context) => {
  const { input, session } = context
  const name = input.text('name') ?? ''
  const ttl = input.integer('ttl')
  const body = {
    value: await valueOf(context),
    scope: input.text('scope') ?? 'system',
    user: input.text('user') ?? null,
    ...(input.has('secret') ? { secret: true } : {}),
    ...(input.has('encrypted') ? { encrypted: true } : {}),
    ...(ttl === undefined || ttl === 0 ? {} : { ttl }),
  }
  printProperties(context, await session.client.keys.set(name, body), { attributes: SET_ATTRIBUTES })
}

/** An empty word is no value. What becomes a secret is not shown while it is typed. */
async function valueOf({ input, io }: CommandContext): Promise<string> {
  return input.text('value') || (input.has('secret') ? io.askSecret(PROMPT) : io.ask(PROMPT))
}

import { printProperties } from '../commands/print.ts'
import { getEach } from '../resource/get.ts'
import type { Handler } from '../shell/command-spec.ts'
import { shownKey } from './shown-key.ts'

export const DISPLAY_NAME = 'Key Value Pair'
const GET_ATTRIBUTES = ['name', 'value', 'secret', 'encrypted', 'scope', 'expire_timestamp']

export const getKeys: Handler = async (context) => {
  const { input, session } = context
  const query = { decrypt: input.has('decrypt'), scope: input.text('scope') ?? 'system' }
  const found = await getEach(context, DISPLAY_NAME, input.texts('name') ?? [], (name) =>
    session.client.keys.get(name, query),
  )
  const attributes = input.texts('attr') ?? GET_ATTRIBUTES
  for (const item of found) printProperties(context, shownKey(item, attributes), { attributes })
}

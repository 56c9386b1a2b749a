import type { Client } from '@st2/client'
import type { Handler } from '../shell/command-spec.ts'

export const deleteKeysByPrefix: Handler = async ({ input, io, session }) => {
  const prefix = input.text('prefix') ?? ''
  const deleted = new Set<string>()
  for (;;) {
    const names = (await namesOf(session.client, prefix)).filter((name) => !deleted.has(name))
    if (names.length === 0) break
    for (const name of names) {
      await session.client.keys.remove(name)
      deleted.add(name)
    }
  }
  io.out(`Deleted ${deleted.size} keys\nDeleted key ids: ${[...deleted].join(', ')}\n`)
}

/** As many as the server gives at once: there may be more. */
async function namesOf(client: Client, prefix: string): Promise<string[]> {
  const { items } = await client.keys.list({ prefix, limit: -1 })
  return items.map((item) => item.name)
}

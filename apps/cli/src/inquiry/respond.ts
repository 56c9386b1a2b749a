import { isFields } from '../format/fields.ts'
import { orNull } from '../resource/find.ts'
import { parseLosslessJson } from '../session/lossless-json.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'
import { askBySchema } from './ask-by-schema.ts'

/** @source cli.md 7.2 */
export const respondToInquiry: Handler = async (context) => {
  const { input, io, session } = context
  const id = input.text('id') ?? ''
  const inquiry = await orNull(session.client.inquiries.get(id))
  if (inquiry === null) throw new ResourceNotFoundError(`Resource with id "${id}" doesn't exist.`)
  const given = input.text('response')
  const response = given ? parseResponse(given) : await askFor(context, inquiry.schema)
  await session.client.inquiries.respond(id, response)
  io.out(`\nResponse accepted for inquiry ${id}.\n`)
}

function parseResponse(text: string): Record<string, unknown> {
  // What it holds is the server's to judge.
  return parseLosslessJson(text) as Record<string, unknown>
}

async function askFor({ io }: CommandContext, schema: unknown): Promise<Record<string, unknown>> {
  const properties = isFields(schema) ? schema['properties'] : undefined
  return askBySchema(io, isFields(properties) ? properties : {})
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { type EditedAction, revisionText } from '@st2/engine'
import { InvalidError } from '@st2/model'
import { sendJson } from './json-reply.ts'

/** What `ETag` says of a revision. */
export function etagOf(revision: string): string {
  return `"${revision}"`
}

/** The action, and in `ETag` the revision that the edit made. */
export function sendEdited(reply: FastifyReply, { action, revision }: EditedAction, status: number): FastifyReply {
  return sendJson(reply.header('etag', etagOf(revisionText(revision))), action, status)
}

/**
 * The revisions that a change may be based on, from `If-Match`; null when any will do. `W/` counts for nothing: a proxy that compresses
 * puts it there, and what is named is the state of a resource, not the bytes of an answer.
 *
 * @throws InvalidError
 * @source RFC 9110 13.1.1
 */
export function knownRevisions(request: FastifyRequest): string[] | null {
  const header = request.headers['if-match']?.trim()
  if (header === undefined || header === '*') return null
  return header.split(',').map((entry) => {
    const tag = /^(?:W\/)?"([^"]*)"$/.exec(entry.trim())?.[1]
    if (tag === undefined) throw new InvalidError(`If-Match: ${entry.trim() || 'nothing'} is no ETag: "…" in quotes`)
    return tag
  })
}

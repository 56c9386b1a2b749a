import { ApiError, type CollectionResource } from '@st2/client'
import { type CommandContext } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'
import type { ResourceSpec } from './resource-spec.ts'

/** A document of any resource: the commands here treat all alike. */
export type AnyDocument = Readonly<Record<string, unknown>>

export function collectionOf(context: CommandContext, resource: ResourceSpec): CollectionResource<AnyDocument> {
  return context.session.client.collection<AnyDocument>(resource.path)
}

/** Null for what does not exist; every other failure is the caller's. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Exactly one, by whatever the resource is named by. */
export async function findResource(
  context: CommandContext,
  resource: ResourceSpec,
  word: string,
): Promise<AnyDocument> {
  const collection = collectionOf(context, resource)
  const named = resource.key === 'name_or_id' ? await findByName(context, resource, word) : null
  const found = named ?? (await orNull(collection.get(word)))
  if (found === null) throw new ResourceNotFoundError(missingText(resource, word))
  return found
}

async function findByName(context: CommandContext, resource: ResourceSpec, name: string): Promise<AnyDocument | null> {
  const { items } = await collectionOf(context, resource).list({ name })
  if (items.length > 1)
    throw new Error(`More than one ${resource.displayName.toLowerCase()} named "${name}" are found.`)
  return items[0] ?? null
}

function missingText(resource: ResourceSpec, word: string): string {
  if (resource.key === 'ref_or_id') return `Resource with id or reference "${word}" doesn't exist.`
  if (resource.key === 'name_or_id') return `Resource with id or name "${word}" doesn't exist.`
  return `Resource with id "${word}" doesn't exist.`
}

import { printProperties } from '../commands/print.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'
import { collectionOf, orNull } from './find.ts'
import type { ResourceSpec } from './resource-spec.ts'

const DEFAULT_ORDER = ['id', 'name', 'description']

export function getResources(resource: ResourceSpec): Handler {
  return async (context) => {
    const words = context.input.texts(resource.key) ?? []
    const attributes = context.input.texts('attr') ?? resource.getAttributes ?? ['all']
    const collection = collectionOf(context, resource)
    const found = await getEach(context, resource.displayName, words, (word) => collection.get(word))
    for (const document of found)
      printProperties(context, document, { attributes, order: resource.getOrder ?? DEFAULT_ORDER })
  }
}

/** Those that exist, in order; what is missing is said, and is an error only when nothing else was asked for. */
export async function getEach<T>(
  context: CommandContext,
  displayName: string,
  words: readonly string[],
  get: (word: string) => Promise<T>,
): Promise<T[]> {
  const found: T[] = []
  for (const word of words) {
    const document = await orNull(get(word))
    if (document !== null) found.push(document)
    else {
      context.io.out(`${displayName} "${word}" is not found.\n\n`)
      if (words.length === 1) throw new ResourceNotFoundError(`Resource ${word} not found.`)
    }
  }
  return found
}

import { printProperties } from '../commands/print.ts'
import { describeError } from '../session/describe-error.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ExitError, ResourceNotFoundError } from '../shell/errors.ts'
import { collectionOf, findResource } from './find.ts'
import { readResourceFile } from './resource-file.ts'
import type { ResourceSpec } from './resource-spec.ts'

const ALL = { attributes: ['all'] }
const EXIT_OPERATION_FAILED = 2

export function createResource(resource: ResourceSpec): Handler {
  return async (context) => {
    try {
      const body = await readResourceFile(context.io, context.input.text('file') ?? '')
      printProperties(context, await collectionOf(context, resource).create(body), ALL)
    } catch (error) {
      context.io.out(`ERROR: ${describeError(error)}\n`)
      throw new ExitError(EXIT_OPERATION_FAILED, { cause: error })
    }
  }
}

export function updateResource(resource: ResourceSpec): Handler {
  return async (context) => {
    const existing = await findResource(context, resource, keyOf(context, resource))
    const body = await readResourceFile(context.io, context.input.text('file') ?? '')
    if (body['id'] !== undefined && body['id'] !== existing['id']) {
      const name = resource.displayName.toLowerCase()
      throw new Error(
        `The value for the ${name} id in the JSON/YAML file does not match the ID provided in the command line arguments.`,
      )
    }
    const id = String(existing['id'])
    printProperties(context, await collectionOf(context, resource).update(id, { ...body, id }), ALL)
  }
}

export function deleteResource(resource: ResourceSpec): Handler {
  return async (context) => {
    const word = keyOf(context, resource)
    try {
      const existing = await findResource(context, resource, word)
      await collectionOf(context, resource).delete(String(existing['id']))
    } catch (error) {
      if (!(error instanceof ResourceNotFoundError)) throw error
      context.io.out(`${resource.displayName} "${word}" is not found.\n\n`)
      throw new ExitError(EXIT_OPERATION_FAILED, { cause: error })
    }
    context.io.out(`Resource with id "${word}" has been successfully deleted.\n`)
  }
}

/** The whole object goes back with `enabled` changed; its reference may not be sent. */
export function switchResource(resource: ResourceSpec, enabled: boolean): Handler {
  return async (context) => {
    const { ref: _, ...document } = await findResource(context, resource, keyOf(context, resource))
    const changed = await collectionOf(context, resource).update(String(document['id']), { ...document, enabled })
    printProperties(context, changed, ALL)
  }
}

function keyOf(context: CommandContext, resource: ResourceSpec): string {
  return context.input.text(resource.key) ?? ''
}

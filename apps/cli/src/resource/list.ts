import { isAll } from '../format/fields.ts'
import { printList } from '../commands/print.ts'
import type { Handler } from '../shell/command-spec.ts'
import { collectionOf } from './find.ts'
import type { ResourceSpec } from './resource-spec.ts'

export function listResources(resource: ResourceSpec): Handler {
  return async (context) => {
    const attributes = context.input.texts('attr') ?? resource.listAttributes
    const filters = (resource.filters ?? []).map((filter) => [filter.name, context.input.text(filter.name)] as const)
    const { items } = await collectionOf(context, resource).list({
      include_attributes: isAll(attributes) ? undefined : attributes,
      ...Object.fromEntries(filters),
    })
    printList(context, items, { attributes, whenEmpty: 'say-so' })
  }
}

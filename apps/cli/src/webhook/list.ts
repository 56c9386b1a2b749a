import { printList } from '../commands/print.ts'
import { WEBHOOKS } from '../commands/resources.ts'
import { collectionOf } from '../resource/find.ts'
import { isFields } from '../format/fields.ts'
import type { Handler } from '../shell/command-spec.ts'

export const listWebhooks: Handler = async (context) => {
  const attributes = context.input.texts('attr') ?? WEBHOOKS.listAttributes
  const { items } = await collectionOf(context, WEBHOOKS).list({ pack: context.input.text('pack') })
  const rows = items.map((webhook) => ({ ...webhook, url: urlOf(webhook['parameters']) }))
  printList(context, rows.toSorted(byUrl), { attributes, whenEmpty: 'say-so' })
}

function urlOf(parameters: unknown): string {
  return isFields(parameters) ? String(parameters['url'] ?? '') : ''
}

function byUrl(left: { readonly url: string }, right: { readonly url: string }): number {
  if (left.url === right.url) return 0
  return left.url < right.url ? -1 : 1
}

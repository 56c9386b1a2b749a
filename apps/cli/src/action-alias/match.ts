import { printList } from '../commands/print.ts'
import type { Handler } from '../shell/command-spec.ts'

const ATTRIBUTES = ['name', 'description']

export const matchActionAlias: Handler = async (context) => {
  const { input, session } = context
  const { actionalias } = await session.client.actionAliases.match(input.text('command') ?? '')
  printList(context, [actionalias], { attributes: input.texts('attr') ?? ATTRIBUTES, whenEmpty: 'say-so' })
}

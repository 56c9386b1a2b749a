import { printList } from '../commands/print.ts'
import type { Handler } from '../shell/command-spec.ts'

/** NOTE: the one list without -w. */
const WIDTH = 28

export const getTriggerSpecifications: Handler = async (context) => {
  const { items } = await context.session.client.triggers.list({ type: context.input.text('ref') })
  printList(context, items, { attributes: ['all'], whenEmpty: 'say-so', width: WIDTH })
}

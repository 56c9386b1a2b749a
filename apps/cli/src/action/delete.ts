import { ACTIONS } from '../commands/resources.ts'
import { findResource } from '../resource/find.ts'
import type { Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'

/** NOTE: one that is not there is said and is no error. @source cli.md 7.1 */
export const deleteAction: Handler = async (context) => {
  const { input, io, session } = context
  const word = input.text('ref_or_id') ?? ''
  try {
    const action = await findResource(context, ACTIONS, word)
    await session.client.actions.remove(String(action['id']), { remove_files: input.has('remove_files') })
    io.out(`Resource with id "${word}" has been successfully deleted.\n`)
  } catch (error) {
    if (!(error instanceof ResourceNotFoundError)) throw error
    io.out(`${ACTIONS.displayName} "${word}" is not found.\n\n`)
  }
}

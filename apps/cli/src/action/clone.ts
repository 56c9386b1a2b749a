import type { Action } from '@st2/model'
import { printProperties } from '../commands/print.ts'
import { ACTIONS } from '../commands/resources.ts'
import { findResource, orNull } from '../resource/find.ts'
import { describeError } from '../session/describe-error.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'

const QUESTION = 'The destination action already exists. Do you want to overwrite? (y/n): '
const YES = ['y', 'yes']

/** NOTE: what fails is said; the exit code is 0 nonetheless. @source cli.md 7.1 */
export const cloneAction: Handler = async (context) => {
  const { input, io } = context
  const source = input.text('source_ref_or_id') ?? ''
  try {
    const action = await clone(context, source)
    if (action === null) io.out('Action is not cloned.\n')
    else printProperties(context, action, { attributes: ['all'] })
  } catch (error) {
    const isMissing = error instanceof ResourceNotFoundError
    io.out(isMissing ? `${ACTIONS.displayName} "${source}" is not found.\n\n` : `ERROR: ${describeError(error)}\n`)
  }
}

/** @returns null when the action that has the name already is to stay */
async function clone(context: CommandContext, source: string): Promise<Action | null> {
  const { input, session } = context
  const { actions } = session.client
  const [pack, name] = [input.text('dest_pack_name') ?? '', input.text('dest_action_name') ?? '']
  await findResource(context, ACTIONS, source)
  const isTaken = (await orNull(actions.get(`${pack}.${name}`))) !== null
  if (isTaken && !(await mayOverwrite(context))) return null
  return actions.clone(source, { dest_pack: pack, dest_action: name, overwrite: isTaken })
}

async function mayOverwrite({ input, io }: CommandContext): Promise<boolean> {
  return input.has('force') || YES.includes((await io.ask(QUESTION)).toLowerCase())
}

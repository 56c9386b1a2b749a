import type { ActionAlias, Execution } from '@st2/model'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

/** @source cli.md 7.1 */
export const executeActionAlias: Handler = async (context) => {
  const { execution, actionalias } = await executeSaid(context)
  context.io.out(`Matching Action-alias: '${actionalias.ref}'\n`)
  context.io.out(`To get the results, execute:\n st2 execution get ${execution.id}\n`)
}

/** The first execution of those that were asked for. */
export async function executeSaid({
  input,
  session,
}: CommandContext): Promise<{ readonly execution: Execution; readonly actionalias: ActionAlias }> {
  const { results } = await session.client.actionAliases.matchAndExecute({
    command: input.text('command') ?? '',
    user: input.text('user') ?? '',
    source_channel: 'cli',
  })
  const [first] = results
  if (first === undefined) throw new Error('The server answered no execution.')
  return first
}

import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { orNull } from '../resource/find.ts'
import type { CommandContext } from '../shell/command-spec.ts'

/** The definition that a command line names: a file here, or the entry point of an action there. */
export async function definitionOf(context: CommandContext): Promise<string> {
  const { input, io, session, usageError } = context
  const file = input.text('file')
  if (file) return readLocal(io.cwd, file)
  const ref = input.text('action')
  if (!ref) throw usageError('one of the arguments --file --action is required')
  const action = await orNull(session.client.actions.get(ref))
  if (action === null) throw new Error(`Unable to identify action "${ref}".`)
  return session.client.actions.entryPoint(ref)
}

export async function readLocal(cwd: string, file: string): Promise<string> {
  const path = resolve(cwd, file)
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) throw new Error(`File "${file}" does not exist on local system.`)
  return readFile(path, 'utf8')
}

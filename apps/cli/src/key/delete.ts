import { orNull } from '../resource/find.ts'
import type { Handler } from '../shell/command-spec.ts'
import { ExitError } from '../shell/errors.ts'
import { DISPLAY_NAME } from './get.ts'

const EXIT_OPERATION_FAILED = 2

export const deleteKey: Handler = async ({ input, io, session }) => {
  const name = input.text('name') ?? ''
  const place = { scope: input.text('scope') ?? 'system', user: input.text('user') || undefined }
  if ((await orNull(session.client.keys.get(name, place))) === null) {
    io.out(`${DISPLAY_NAME} "${name}" is not found.\n\n`)
    throw new ExitError(EXIT_OPERATION_FAILED)
  }
  await session.client.keys.remove(name, place)
  io.out(`Resource with id "${name}" has been successfully deleted.\n`)
}

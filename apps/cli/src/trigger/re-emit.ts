import type { Handler } from '../shell/command-spec.ts'

export const reEmitTriggerInstance: Handler = async ({ input, io, session }) => {
  const { message } = await session.client.triggerInstances.reEmit(input.text('id') ?? '')
  io.out(`${message}\n`)
}

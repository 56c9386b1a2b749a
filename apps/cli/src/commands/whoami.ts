import type { CurrentUser } from '@st2/client'
import { str } from '@st2/python-values'
import type { Handler } from '../shell/command-spec.ts'

/** NOTE: failing to find out is said but is no failure of the command, as with the official client. @source cli.md 2.4 */
export const whoami: Handler = async ({ io, session }) => {
  let user: CurrentUser
  try {
    user = await session.client.user.me()
  } catch (error) {
    io.out('Unable to retrieve currently logged-in user\n')
    if (session.globals.has('debug')) throw error
    return
  }
  io.out(describe(user))
}

function describe(user: CurrentUser): string {
  const { method, token_expire } = user.authentication
  const lines = [
    `Currently logged in as "${user.username}".`,
    '',
    `Authentication method: ${method}`,
    ...(method === 'authentication token' ? [`Authentication token expire time: ${token_expire}`] : []),
    '',
    'RBAC:',
    ` - Enabled: ${str(user.rbac.enabled)}`,
    ` - Roles: ${user.rbac.roles.join(', ')}`,
  ]
  return `${lines.join('\n')}\n`
}

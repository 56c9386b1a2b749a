import { chmod, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { configDirectory, configPath, readIni } from '../config/config-file.ts'
import { formatIni, type Ini } from '../config/ini.ts'
import { describeError } from '../session/describe-error.ts'
import { makeConfigDirectory, TokenCache } from '../session/token-cache.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { requestToken } from './auth.ts'

const TOKEN_HOURS = 24
const CONFIG_MODE = 0o660

/** Keeps the token, and the name in the configuration file, so that other commands act as this user. @source cli.md 2.4 */
export const login: Handler = async (context) => {
  const username = context.input.text('username') ?? ''
  try {
    const token = await requestToken(context)
    await new TokenCache(context.io, token.user).write(token)
    await writeCredentials(context, username)
  } catch (cause) {
    throw new Error(`Failed to log in as ${username}: ${describeError(cause)}`, { cause })
  }
  context.io.out(`Logged in as ${username}\n`)
  if (!context.input.has('write_password')) context.io.out(PASSWORD_NOTE)
}

const PASSWORD_NOTE =
  `\nNote: You didn't use --write-password option so the password hasn't been stored in the client config and you will need to login again in ${TOKEN_HOURS} hours when the auth token expires.\n` +
  'As an alternative, you can run st2 login command with the "--write-password" flag, but keep it mind this will cause it to store the password in plain-text in the client config file (~/.st2/config).\n'

async function writeCredentials(context: CommandContext, username: string): Promise<void> {
  const { input, io } = context
  const path = await targetPath(context)
  const ini: Ini = (await readIni(path)) ?? new Map()
  const credentials = ini.get('credentials') ?? new Map<string, string>()
  ini.set('credentials', credentials)
  credentials.set('username', username)
  const password = input.text('password')
  if (input.has('write_password') && password) credentials.set('password', password)
  else credentials.delete('password')
  if (dirname(path) === configDirectory(io)) await makeConfigDirectory(io)
  const isNew = (await stat(path).catch(() => null)) === null
  await writeFile(path, formatIni(ini), { mode: CONFIG_MODE })
  if (isNew) await chmod(path, CONFIG_MODE)
}

/** A file that was named but does not exist is not created: the standard one is used. */
async function targetPath({ io, session }: CommandContext): Promise<string> {
  try {
    return await configPath(session.globals, io)
  } catch {
    return join(configDirectory(io), 'config')
  }
}

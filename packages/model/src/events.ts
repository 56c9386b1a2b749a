/** Names of what the stream tells. @source rest-api.md 11.1 */
export const STREAM_EVENTS = {
  executionCreate: 'st2.execution__create',
  executionUpdate: 'st2.execution__update',
  executionDelete: 'st2.execution__delete',
  liveactionCreate: 'st2.liveaction__create',
  liveactionUpdate: 'st2.liveaction__update',
  liveactionDelete: 'st2.liveaction__delete',
  outputCreate: 'st2.execution.output__create',
  actionAliasCreate: 'st2.actionalias__create',
  actionAliasUpdate: 'st2.actionalias__update',
  actionAliasDelete: 'st2.actionalias__delete',
} as const

/** Announcements carry their route in the name: `st2.announcement__<route>`. */
export const ANNOUNCEMENT_PREFIX = 'st2.announcement__'

/** What a client receives that asks for nothing in particular (shell-style globs). */
export const DEFAULT_STREAM_EVENTS = [
  STREAM_EVENTS.executionCreate,
  STREAM_EVENTS.executionUpdate,
  STREAM_EVENTS.executionDelete,
  STREAM_EVENTS.liveactionCreate,
  STREAM_EVENTS.liveactionUpdate,
  STREAM_EVENTS.liveactionDelete,
  `${ANNOUNCEMENT_PREFIX}*`,
] as const

/** The WebSocket protocol of the stream, which the server answers with. */
export const STREAM_SOCKET_PROTOCOL = 'st2.events'

/**
 * A browser sets no headers when it opens a WebSocket but the protocols that it names, and addresses are logged by whatever stands in between:
 * so a credential is named as one more protocol, `<header>.<base64url of its value>`.
 */
export const CREDENTIAL_PROTOCOLS = { token: 'x-auth-token.', apiKey: 'st2-api-key.' } as const

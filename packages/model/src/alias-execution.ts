import { actionAliasSchema } from './action-alias.ts'
import { executionSchema } from './execution.ts'
import type { FromSchema } from './from-schema.ts'

const said = {
  command: { type: 'string', required: true, description: 'What was said.' },
  source_channel: { type: 'string', required: true, description: 'Where it was said.' },
  notification_channel: { type: 'string' },
  notification_route: { type: 'string', description: 'Route of the notification when it is done.' },
} as const

/** Body of `POST /aliasexecution`; nothing else may be sent. @source rest-schemas.md 9 */
export const aliasExecutionRequestSchema = {
  title: 'AliasExecutionRequest',
  type: 'object',
  properties: {
    name: { type: 'string', required: true, description: 'Name of the alias.' },
    format: { type: 'string', required: true, description: 'One of its formats.' },
    user: { type: 'string', description: 'Who said it.' },
    source_context: { type: 'object', description: 'Of the chat, handed on to the notification.' },
    ...said,
  },
  additionalProperties: false,
} as const

export type AliasExecutionRequest = FromSchema<typeof aliasExecutionRequestSchema>

/** Body of `POST /aliasexecution/match_and_execute`; nothing else may be sent. */
export const aliasMatchAndExecuteSchema = {
  title: 'AliasMatchAndExecuteRequest',
  type: 'object',
  properties: { user: { type: 'string', required: true, description: 'Who said it.' }, ...said },
  additionalProperties: false,
} as const

export type AliasMatchAndExecuteRequest = FromSchema<typeof aliasMatchAndExecuteSchema>

/** What was asked for, and what is said back. */
export const aliasExecutionSchema = {
  title: 'AliasExecution',
  type: 'object',
  properties: {
    execution: { ...executionSchema, required: true },
    actionalias: { ...actionAliasSchema, required: true },
    message: { type: 'string' },
    extra: { type: 'object' },
  },
} as const

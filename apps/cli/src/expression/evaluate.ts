import { ApiError } from '@st2/client'
import type { ExpressionRequest } from '@st2/model'
import { dumpsJson } from '@st2/python-values'
import { parseLosslessJson } from '../session/lossless-json.ts'
import { CommandError } from '../shell/errors.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

type Language = ExpressionRequest['language']
type Layer = ExpressionRequest['layer']

/** One expression from the command line, or requests as JSON lines from standard input. */
export const evaluate: Handler = async (context) => {
  const expression = context.input.text('expression')
  if (expression !== undefined) return evaluateOne(context, expression)
  for await (const line of context.io.lines()) {
    if (line.trim() !== '') context.io.out(`${await answerLine(context, line)}\n`)
  }
}

async function evaluateOne({ input, io, session, usageError }: CommandContext, expression: string): Promise<void> {
  const layer = chosen(input.text('layer'), ['orquesta', 'platform', 'plain'], layerOf(expression), 'layer', usageError)
  const language = chosen(input.text('language'), ['yaql', 'jinja'], languageOf(expression), 'language', usageError)
  const answer = await session.client.expressions.evaluate({
    language,
    layer,
    expression,
    ...contextOf(input.text('context'), usageError),
    ...(input.has('execution') ? { execution: input.text('execution') ?? null } : {}),
  })
  if ('error' in answer) throw new CommandError(answer.error)
  io.out(`${dumpsJson(answer.value, { indent: 4, ensureAscii: false })}\n`)
}

/** The answer to a line that is itself one; nothing a line holds ends the command. */
async function answerLine({ input, session }: CommandContext, line: string): Promise<string> {
  let id: unknown = null
  try {
    const { id: given, ...request } = requestOf(line)
    id = given ?? null
    const execution = input.text('execution')
    // The server holds the request against its schema, and names the field at fault.
    const answer = await session.client.expressions.evaluate({
      ...(execution === undefined ? {} : { execution }),
      ...request,
    } as ExpressionRequest)
    return dumpsJson({ id, ...answer })
  } catch (error) {
    if (error instanceof ApiError || error instanceof RequestLineError) return dumpsJson({ id, error: error.message })
    throw error
  }
}

class RequestLineError extends Error {
  override readonly name = 'RequestLineError'
}

function requestOf(line: string): Record<string, unknown> {
  let value: unknown
  try {
    value = parseLosslessJson(line)
  } catch (cause) {
    throw new RequestLineError(`InvalidRequest: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new RequestLineError('InvalidRequest: a line holds an object with id, language, layer and expression')
}

function layerOf(expression: string): Layer {
  if (expression.includes('<%')) return 'orquesta'
  return hasJinja(expression) ? 'platform' : 'plain'
}

function languageOf(expression: string): Language {
  return hasJinja(expression) && !expression.includes('<%') ? 'jinja' : 'yaql'
}

function hasJinja(expression: string): boolean {
  return /\{\{|\{%/.test(expression)
}

function chosen<T extends string>(
  given: string | undefined,
  allowed: readonly T[],
  fallback: T,
  name: string,
  usageError: (message: string) => Error,
): T {
  if (given === undefined) return fallback
  const found = allowed.find((candidate) => candidate === given)
  if (found === undefined)
    throw usageError(`argument --${name}: one of ${allowed.join(', ')} is expected, not "${given}"`)
  return found
}

type Context = Exclude<ExpressionRequest['context'], undefined>

function contextOf(text: string | undefined, usageError: (message: string) => Error): { context?: Context } {
  if (text === undefined) return {}
  try {
    // What JSON holds is what a context may be.
    return { context: parseLosslessJson(text) as Context }
  } catch (cause) {
    throw usageError(`argument --context: not JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

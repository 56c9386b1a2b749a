import { isEngineCommand } from '@st2/orquesta'
import { caretPlace } from './caret-place.ts'
import { callsOf } from './expression-help.ts'
import { type ExpressionSpan, expressionSpanAt } from './expression-spans.ts'
import { expressionTokens } from './expression-tokens.ts'
import { namesPlace } from './names-place.ts'
import type { Help } from './suggestion.ts'
import { COMMAND_HELP, keysAt, pathFits } from './workflow-keys.ts'
import type { ExpressionNames, WorkflowNames } from './workflow-names.ts'

/** Help that is at hand, or the parameter that the platform has to be asked about. */
export type WorkflowHelp =
  | { kind: 'ready'; help: Help }
  | { kind: 'parameter'; action: string; parameter: string; from: number; to: number }
  | { kind: 'action'; action: string; from: number; to: number }

/** What stands at a place of a workflow. @param text with LF as line ends */
export function helpAt(text: string, offset: number, names: WorkflowNames): WorkflowHelp | null {
  const place = caretPlace(text, offset)
  if (place.kind === 'none') return null
  const span = expressionSpanAt(text, offset)
  if (span !== null) {
    const known = names.namesAt(text, namesPlace(place.path) ?? { kind: 'output', index: 0 })
    return ready(expressionHelp(text, span, offset, known))
  }
  const { from, to, path } = place
  const word = text.slice(from, to)
  if (place.kind === 'key' && place.hasColon) {
    const key = keysAt(path)?.find(({ name }) => name === word)
    if (key !== undefined) return ready({ from, to, title: `${key.name}: ${key.type}`, text: key.help })
    if (!pathFits(path, ['tasks', '*', 'input'])) return null
    const action = names.specOf(text)?.tasks.get(String(path[1]))?.action
    return typeof action === 'string' ? { kind: 'parameter', action, parameter: word, from, to } : null
  }
  if (pathFits(path, ['tasks', '*', 'action'])) return { kind: 'action', action: word.split(/\s/)[0] ?? word, from, to }
  const [, , field, , part] = path
  return field === 'next' && part === 'do' ? ready(targetHelp(text, offset, names)) : null
}

function ready(help: Help | null): WorkflowHelp | null {
  return help === null ? null : { kind: 'ready', help }
}

/** A task or a command in `do`. */
function targetHelp(text: string, offset: number, names: WorkflowNames): Help | null {
  const before = /\w*$/.exec(text.slice(0, offset))?.[0] ?? ''
  const after = /^\w*/.exec(text.slice(offset))?.[0] ?? ''
  const name = before + after
  const from = offset - before.length
  const range = { from, to: from + name.length }
  if (isEngineCommand(name)) return { ...range, title: name, text: COMMAND_HELP[name] ?? '' }
  const task = names.specOf(text)?.tasks.get(name)
  if (task === undefined) return null
  return { ...range, title: `Task ${name}`, text: typeof task.action === 'string' ? task.action : 'No action' }
}

/** What a word of an expression means. */
export function expressionHelp(
  text: string,
  { language, contentFrom, contentTo }: Pick<ExpressionSpan, 'language' | 'contentFrom' | 'contentTo'>,
  offset: number,
  names: ExpressionNames,
): Help | null {
  const tokens = expressionTokens(text, language, contentFrom, contentTo)
  const at = tokens.findIndex((token) => token.from <= offset && offset < token.to + 1 && token.kind !== 'sign')
  const token = tokens[at]
  if (token === undefined) return null
  const range = { from: token.from, to: token.to }
  const previous = tokens[at - 1]?.text
  if (token.kind === 'call') {
    const kinds =
      previous === '.' || previous === '?.'
        ? ['method']
        : previous === '|'
          ? ['filter']
          : previous === 'is'
            ? ['test']
            : ['function']
    const call = callsOf(language).find(({ name, kind }) => name === token.text && kinds.includes(kind))
    if (call === undefined) return null
    const [title = call.name, ...others] = call.signatures
    return { ...range, title, text: [call.help, ...others].join('\n') }
  }
  const name = token.text.replace(/^["'`]|["'`]$/g, '')
  const around = tokens
    .slice(Math.max(0, at - 4), at)
    .map((before) => before.text)
    .join('')
  if (/(?:^|\W)ctx\((?:\)\.)?$/.test(around)) {
    const known = names.variables.find((variable) => variable.name === name)
    return {
      ...range,
      title: name,
      text: known === undefined ? 'No way to this place gives it a value.' : known.detail,
    }
  }
  if (/(?:^|\W)(?:task|task_status)\($/.test(around)) {
    const known = names.tasks.find((task) => task.name === name)
    return { ...range, title: `Task ${name}`, text: known === undefined ? 'There is no such task.' : known.detail }
  }
  return null
}

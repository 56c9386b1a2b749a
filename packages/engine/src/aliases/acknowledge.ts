import { renderTemplate } from '@st2/expressions'
import type { ActionAlias } from '@st2/model'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'

export interface Acknowledgement {
  readonly message?: string
  readonly extra?: unknown
}

/**
 * What an alias says at once about what was asked for. A template that fails is answered as a text that says so.
 *
 * @param execution as it is shown
 * @source services.md 6.3
 */
export function acknowledge(
  { environment }: Pick<TemplateLookUps, 'environment'>,
  alias: ActionAlias,
  execution: Readonly<Record<string, unknown>>,
): Acknowledgement {
  const { format, extra } = alias.ack
  const names = { execution, actionalias: alias }
  const render = (text: string, field: string): { text: string; hasFailed: boolean } => {
    try {
      return { text: renderTemplate(text, names, { undefined: 'strict', environment }), hasFailed: false }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return { text: `Cannot render "${field}" in field "ack" for alias. ${reason}`, hasFailed: true }
    }
  }
  return {
    ...(format === undefined || format === '' ? {} : { message: render(format, 'format').text }),
    ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra: extraOf(extra, render) }),
  }
}

function extraOf(
  extra: object,
  render: (text: string, field: string) => { text: string; hasFailed: boolean },
): unknown {
  const { text, hasFailed } = render(JSON.stringify(extra), 'extra')
  if (hasFailed) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    return `Cannot render "extra" in field "ack" for alias. ${error instanceof Error ? error.message : String(error)}`
  }
}

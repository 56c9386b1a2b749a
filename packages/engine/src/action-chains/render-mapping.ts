import {
  type Environment,
  isTemplate,
  MissingKeyError,
  parseTemplate,
  renderTemplate,
  undeclaredNames,
} from '@st2/expressions'

/** A value that could not be rendered. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure'
  readonly key: string
  /** The template. */
  readonly value: string

  constructor(key: string, value: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.key = key
    this.value = value
  }
}

/**
 * Renders each value of a mapping. Lists and objects are rendered as JSON text and read back; a value that rendering leaves as it
 * is keeps its type, another is a text. `__context` names everything.
 *
 * @throws RenderFailure; MissingKeyError when something must be looked up first
 * @source st2: st2common/st2common/util/jinja.py render_values
 */
export function renderMapping(
  values: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, unknown>>,
  environment: Environment,
): Record<string, unknown> {
  const scope = { ...names, __context: names }
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, renderValue(key, value, scope, environment)]),
  )
}

/** Names that the templates in a value use. */
export function namesIn(value: unknown, environment: Environment): readonly string[] {
  const text = textOf(value)
  if (text === null || !isTemplate(text)) return []
  return undeclaredNames(parseTemplate(text, environment))
}

function renderValue(
  key: string,
  value: unknown,
  scope: Readonly<Record<string, unknown>>,
  environment: Environment,
): unknown {
  const text = textOf(value)
  if (text === null || !isTemplate(text)) return value
  try {
    const rendered = renderTemplate(text, scope, { undefined: 'strict', environment })
    if (rendered === text) return value
    return typeof value === 'string' ? rendered : JSON.parse(rendered)
  } catch (cause) {
    if (cause instanceof MissingKeyError) throw cause
    throw new RenderFailure(key, text, cause)
  }
}

/** Null: a value that can hold no template. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : null
}

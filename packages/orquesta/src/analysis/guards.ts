/** What a transition's condition says about how its task ended. */
export type Guard = 'succeeded' | 'failed' | 'never' | 'open'

const WHOLE = /^\s*(?:<%([^]*?)%>|\{\{([^]*?)\}\})\s*$/
/** Values that are not true, as YAQL and Jinja write them. */
const FALSE = new Set(['false', 'False', 'null', 'none', 'None', '0', "''", '""', '[]', '{}'])
const ALTERNATIVE = /\bor\b|\bif\b|\bnot\s+(?:succeeded|failed)\b/
const LIMIT = 10_000

/**
 * Reads `succeeded()` and `failed()` where they must hold for the whole condition to hold; anything else is open. A text that is no
 * expression is always true.
 */
export function guardOf(when: unknown): Guard {
  if (typeof when !== 'string' || when.length > LIMIT) return 'open'
  const [, yaql, jinja] = WHOLE.exec(when) ?? []
  const content = (yaql ?? jinja ?? '').trim()
  if (FALSE.has(content)) return 'never'
  if (ALTERNATIVE.test(content)) return 'open'
  const terms = content.split(/\band\b/).map((term) => term.trim())
  const isSuccess = terms.includes('succeeded()')
  const isFailure = terms.includes('failed()')
  if (isSuccess && isFailure) return 'never'
  if (isSuccess) return 'succeeded'
  return isFailure ? 'failed' : 'open'
}

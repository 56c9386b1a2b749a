/** A whole expression of either language. */
const EXPRESSION = '<%.*?%>|{{.*?}}'

/** What `with.items` must look like. Messages of inspection show this text. @source orquesta: orquesta/specs/native/v1/models.py ItemizedSpec */
export const ITEMS_PATTERN = `^(\\s+)?(${EXPRESSION})(\\s+)?$|^(\\s+)?((\\w+,\\s?|\\s+)+)?(\\w+)\\s+in\\s+(${EXPRESSION})(\\s+)?$`

export interface ItemsPattern {
  /** What an item's parts are called; null: the item is used as it is. */
  names: string[] | null
  expression: string
}

const SEPARATOR = ' in '

/** Cuts at the first ` in `, wherever it stands: upstream does so even inside of an expression. */
export function splitItems(text: string): ItemsPattern {
  const at = text.indexOf(SEPARATOR)
  if (at === -1) return { names: null, expression: text.trim() }
  return {
    names: text.slice(0, at).replaceAll(' ', '').split(','),
    expression: text.slice(at + SEPARATOR.length).trim(),
  }
}

/** @source rest-schemas.md 3 */
export const tagsSchema = {
  type: 'array',
  items: { type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } },
} as const

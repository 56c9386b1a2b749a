/** Everything that went wrong, as the result of a workflow tells it: a refused one has an entry for each mistake. Pure. */
export function runErrors(result: unknown): readonly string[] {
  if (typeof result !== 'object' || result === null || !('errors' in result) || !Array.isArray(result.errors)) return []
  const texts = result.errors.flatMap((entry: unknown) => errorText(entry) ?? [])
  return [...new Set(texts)]
}

function errorText(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('message' in entry)) return null
  const place = 'task_id' in entry ? entry.task_id : 'spec_path' in entry ? entry.spec_path : null
  const text = String(entry.message)
  return typeof place === 'string' && place !== '' && !text.includes(place) ? `${place}: ${text}` : text
}

/** What is wrong with a workflow, and where in its definition; empty where that is not known. */
export interface RefusalError {
  readonly message: string
  readonly place: string
}

/** From the result of an execution whose workflow did not begin; each mistake once. Pure. @source orquesta.md 21.1 */
export function refusalErrors(result: Readonly<Record<string, unknown>> | undefined): RefusalError[] {
  const errors: readonly unknown[] = Array.isArray(result?.['errors']) ? result['errors'] : []
  const found = errors.flatMap((error) => {
    if (typeof error !== 'object' || error === null || !('message' in error)) return []
    const place = 'spec_path' in error && typeof error.spec_path === 'string' ? error.spec_path : ''
    return [{ message: String(error.message), place }]
  })
  return [...new Map(found.map((error) => [`${error.place}\n${error.message}`, error])).values()]
}

/**
 * `+ ` before those that have children, two blanks before the others; nothing at all when none has.
 *
 * @returns one mark for each, in order
 */
export function markWorkflows(executions: readonly { readonly children?: readonly string[] | undefined }[]): string[] {
  const hasChildren = executions.map((execution) => (execution.children?.length ?? 0) > 0)
  if (!hasChildren.includes(true)) return executions.map(() => '')
  return hasChildren.map((has) => (has ? '+ ' : '  '))
}

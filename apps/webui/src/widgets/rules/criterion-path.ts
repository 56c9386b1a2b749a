/** The field that a criterion looks at. What follows a # only keeps two looks at one field apart. */
export function criterionPath(key: string): string {
  return key.replace(/#.*$/, '')
}

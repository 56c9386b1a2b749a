/** A moment as documents hold it: `YYYY-MM-DDTHH:MM:SS.ffffffZ`. @param ms since epoch, UTC */
export function timestampOf(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z')
}

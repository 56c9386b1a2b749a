import type { Zone } from './time.ts'

/** Between the API's instants and the browser's date and time input, which knows no zone. Pure apart from the local zone. */
export function toTimeInput(iso: string, zone: Zone): string {
  const date = new Date(iso)
  if (iso === '' || Number.isNaN(date.getTime())) return ''
  if (zone === 'utc') return date.toISOString().slice(0, 19)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

export function fromTimeInput(text: string, zone: Zone): string {
  if (text === '') return ''
  const date = new Date(zone === 'utc' ? `${text}Z` : text)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

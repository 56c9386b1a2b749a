import { readFileSync } from 'node:fs'

export const CONFORMANCE = new URL('../../conformance/', import.meta.url)

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface RecordedCase {
  id: string
  spec: string
  context?: Record<string, Json>
  inputs?: Record<string, Json>
  calls?: Record<string, Json>[]
  expect: { conduct?: Record<string, Json>; inspect?: { errors?: Record<string, InspectedEntry[]>; refused?: string } }
  accept?: Record<string, Json>[]
}

export interface InspectedEntry {
  schema_path: string | null
  spec_path: string | null
  [key: string]: Json
}

export function readCases(name: string): RecordedCase[] {
  return readFileSync(new URL(name, CONFORMANCE), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RecordedCase => JSON.parse(line))
}

export function readRecord<T>(name: string): Record<string, T> {
  const record: Record<string, T> = JSON.parse(readFileSync(new URL(name, CONFORMANCE), 'utf8'))
  return record
}

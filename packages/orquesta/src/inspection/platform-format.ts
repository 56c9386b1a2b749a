import { compareText } from '@st2/python-values'
import type { ExpressionEntry, Inspection, InspectionEntry } from './inspection-entry.ts'

/** An entry as users of the platform see it. */
export interface PlatformEntry {
  type: 'content' | 'context' | 'expression' | 'semantic' | 'syntax'
  message: string
  spec_path: string | null
  schema_path: string | null
  language?: ExpressionEntry['type']
  expression?: string
}

/** Entries as upstream writes them: without their places. */
export function withoutPlaces(inspection: Inspection): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(inspection).map(([phase, entries]: [string, InspectionEntry[]]) => [
      phase,
      entries.map(({ place: _, ...entry }) => entry),
    ]),
  )
}

/**
 * One flat list of everything, by type and rule: what the platform answers.
 *
 * @param contents what only the platform can tell, from `inspectContents`
 * @source st2: st2common/st2common/services/workflows.py inspect, format_inspection_result
 */
export function formatInspection(inspection: Inspection, contents: readonly PlatformEntry[] = []): PlatformEntry[] {
  const entries: PlatformEntry[] = [
    ...(inspection.syntax ?? []).map((entry) => plainEntry('syntax', entry)),
    ...(inspection.semantics ?? []).map((entry) => plainEntry('semantic', entry)),
    ...(inspection.expressions ?? []).map((entry) => expressionEntry('expression', entry)),
    ...(inspection.context ?? []).map((entry) => expressionEntry('context', entry)),
    ...contents,
  ]
  return entries.sort(
    (left, right) => compareText(left.type, right.type) || compareText(left.schema_path ?? '', right.schema_path ?? ''),
  )
}

function plainEntry(type: PlatformEntry['type'], { message, spec_path, schema_path }: InspectionEntry): PlatformEntry {
  return { type, message, spec_path, schema_path }
}

function expressionEntry(type: PlatformEntry['type'], entry: ExpressionEntry): PlatformEntry {
  return { ...plainEntry(type, entry), language: entry.type, expression: entry.expression }
}

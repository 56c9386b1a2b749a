import { MASK } from '@st2/model'
import { type Colorize, colorStatus } from '../format/colors.ts'
import { isFields } from '../format/fields.ts'
import type { Transforms } from '../format/list-table.ts'
import { formatTimestamp } from '../format/timestamps.ts'

/** Names that are masked whatever the action says about them; everything else the server masks. */
const ALWAYS_MASKED = ['password', 'private_key']

/** How attributes of executions are shown in tables and text. */
export function executionTransforms(timezone: string, colorize: Colorize): Transforms {
  const timestamp = (value: unknown): unknown => formatTimestamp(value, timezone)
  return {
    start_timestamp: timestamp,
    end_timestamp: timestamp,
    parameters: maskParameters,
    status: (value) => (typeof value === 'string' ? colorStatus(value, colorize) : value),
  }
}

function maskParameters(value: unknown): unknown {
  if (!isFields(value)) return value
  const entries = Object.entries(value).map(([name, given]) => [name, ALWAYS_MASKED.includes(name) ? MASK : given])
  return Object.fromEntries(entries)
}

import { type ReactNode, useMemo } from 'react'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import type { JsonRecord } from '../json-record.ts'
import { shownPayload } from './event-schema.ts'

interface PayloadValueProps {
  readonly payload: JsonRecord
  readonly title: ReactNode
  readonly maxHeight?: number
}

/** What an event carries, as it may be shown. */
export function PayloadValue({ payload, ...rest }: PayloadValueProps) {
  // The same object while the payload is the same: another one would close what somebody opened in the tree.
  const shown = useMemo(() => shownPayload(payload), [payload])
  return <JsonValue {...rest} label="Payload" value={shown} />
}

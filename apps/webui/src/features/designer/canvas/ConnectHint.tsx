import { canConnect } from '@st2/designer'
import { Panel, useConnection } from '@xyflow/react'
import { Icon } from '../../../ui/Icon.tsx'
import { useWorkflow } from '../state/designer-context.ts'

/** While a line is drawn: what comes of putting it down here, or why it may not be. */
export function ConnectHint() {
  const workflow = useWorkflow()
  const from = useConnection((connection) => (connection.inProgress ? connection.fromNode.id : null))
  const to = useConnection((connection) => (connection.inProgress ? (connection.toNode?.id ?? null) : null))
  if (from === null) return null
  const verdict = to === null ? null : canConnect(workflow, from, to)
  const isBad = verdict?.allowed === false
  return (
    <Panel className={`design-hint ${isBad ? 'tone-bad' : 'tone-run'}`} position="top-center">
      <Icon name={isBad ? 'ban' : 'arrow'} size={14} />
      {verdict === null
        ? 'Put it down on a task, or where a new one is to be'
        : verdict.allowed
          ? `${from} → ${to}${verdict.notes.length > 0 ? `. ${verdict.notes.join(' ')}` : ''}`
          : verdict.reason}
    </Panel>
  )
}

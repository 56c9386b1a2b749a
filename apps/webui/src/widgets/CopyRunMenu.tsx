import type { ParameterSchemas } from '@st2/model'
import { api } from '../api/client.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { asCurl, asSt2Run, type RunRequest, withoutSecrets } from './command-line.ts'

interface CopyRunMenuProps {
  readonly request: RunRequest
  readonly schemas: ParameterSchemas
}

/** The run as a command for a terminal; secrets and the token are placeholders. */
export function CopyRunMenu({ request, schemas }: CopyRunMenuProps) {
  return (
    <Menu
      entries={copyRunEntries({ request, schemas })}
      head="Copy as"
      label="Copy as"
      trigger={<Button aria-label="Copy as a command" icon="copy" />}
    />
  )
}

/** The same as entries of another menu. */
export function copyRunEntries({ request, schemas }: CopyRunMenuProps): MenuEntry[] {
  const safe = { ...request, parameters: withoutSecrets(request.parameters, schemas) }
  const url = new URL(api().urls.collection('executions'), location.href).href
  return [
    { label: 'st2 run …', icon: 'code', onSelect: () => void copyText(asSt2Run(safe), 'Command') },
    { label: 'curl', icon: 'code', onSelect: () => void copyText(asCurl(url, safe), 'Command') },
  ]
}

import { Button } from '../Button.tsx'
import { copyText } from '../copy.ts'
import { toast } from '../Toasts.tsx'

interface CopyButtonProps {
  readonly label: string
  readonly text: () => string | Promise<string>
}

/** Copies what may have to be fetched first. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const copy = async () => {
    try {
      await copyText(await text(), 'Value')
    } catch (error) {
      toast('bad', `The value could not be copied: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return <Button aria-label={`Copy ${label}`} icon="copy" look="plain" onClick={() => void copy()} size="s" />
}

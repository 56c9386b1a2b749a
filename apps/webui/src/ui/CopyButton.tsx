import { Button } from './Button.tsx'
import { copyText } from './copy.ts'
import { toast } from './Toasts.tsx'

interface CopyButtonProps {
  /** After `Copy`: `the output`. */
  readonly label: string
  /** What is said to have been copied: `Output`. */
  readonly what: string
  /** May have to be fetched first. */
  readonly text: () => string | Promise<string>
}

export function CopyButton({ label, what, text }: CopyButtonProps) {
  const copy = async () => {
    try {
      await copyText(await text(), what)
    } catch (error) {
      toast('bad', `${what} could not be copied: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return <Button aria-label={`Copy ${label}`} icon="copy" look="plain" onClick={() => void copy()} size="s" />
}

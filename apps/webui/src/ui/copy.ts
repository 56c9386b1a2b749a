import { toast } from './Toasts.tsx'

/** Puts text on the clipboard and says so; pages served over plain HTTP to another host have no clipboard and hear why. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast('ok', `${what} copied.`)
  } catch {
    toast(
      'warn',
      `This browser refused the clipboard (it allows it on HTTPS and localhost only). ${what}: ${text.slice(0, 300)}`,
    )
  }
}

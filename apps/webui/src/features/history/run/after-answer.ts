/** Where the focus goes when the question that had it is gone: to the next one, else to how the run stands now. */
export function focusAfterAnswer(answered: string): void {
  const here = document.activeElement
  const isLost = here === null || here === document.body || here.closest(`[data-inquiry="${answered}"]`) !== null
  if (!isLost) return
  const next = [...document.querySelectorAll<HTMLElement>('[data-inquiry]')].find(
    ({ dataset }) => dataset['inquiry'] !== answered,
  )
  const control = next?.querySelector<HTMLElement>('.auto-form :is(input, select, textarea, button)')
  const target = control ?? document.querySelector<HTMLElement>('[data-run-status]')
  target?.focus()
}

/** What is typed counts when its field is left. */
export function leaveField(): void {
  let field = document.activeElement
  // Fields for expressions live in trees of their own.
  while (field?.shadowRoot?.activeElement != null) field = field.shadowRoot.activeElement
  if (!(field instanceof HTMLElement) || !isTextField(field)) return
  field.blur()
  field.focus({ preventScroll: true })
}

/** Whether keys, and what the clipboard holds, are for the text in it. */
export function isTextField(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

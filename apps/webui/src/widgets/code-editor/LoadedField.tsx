import { useEffect, useLayoutEffect, useRef } from 'react'
import { expressionAssistant } from './expression-assistant.ts'
import type { ExpressionFieldProps } from './expression-field-props.ts'
import { FieldView } from './field-view.ts'

export function LoadedField(props: ExpressionFieldProps) {
  const { label, value, multiline = false, placeholder = '', id, describedBy = '', invalid = false } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<FieldView>(null)
  const latest = useRef(props)

  useLayoutEffect(() => {
    latest.current = props
  })
  useLayoutEffect(() => {
    if (host.current === null) return
    const assistant = expressionAssistant(() => latest.current.names)
    const options = { text: latest.current.value, isMultiline: multiline, placeholder, assistant }
    const opened = new FieldView(host.current, options, {
      changed: (text) => latest.current.onChange(text),
      left: () => latest.current.onBlur?.(),
      entered: () => latest.current.onEnter?.(),
    })
    view.current = opened
    return () => {
      view.current = null
      opened.destroy()
    }
  }, [multiline, placeholder])
  useLayoutEffect(() => view.current?.setText(value), [value])
  // Each time: the texts of the elements that describe it may have changed.
  useLayoutEffect(() => view.current?.describe({ label, description: textOf(describedBy), isInvalid: invalid }))
  // A label can not name what is in a shadow root, nor move the focus there.
  useEffect(() => {
    if (id === undefined) return
    const focus = (event: MouseEvent) => {
      const clicked = event.target instanceof Element ? event.target.closest('label') : null
      if (clicked?.htmlFor === id) view.current?.focus()
    }
    document.addEventListener('click', focus)
    return () => document.removeEventListener('click', focus)
  }, [id])

  return <div className="expression-field" data-invalid={invalid || undefined} id={id} ref={host} />
}

function textOf(ids: string): string {
  return ids
    .split(' ')
    .map((one) => (one === '' ? '' : (document.getElementById(one)?.textContent ?? '')))
    .filter((text) => text !== '')
    .join(' ')
}

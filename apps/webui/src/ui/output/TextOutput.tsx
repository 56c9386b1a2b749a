import { useMemo } from 'react'
import { LogBuffer, type Stream } from './log-buffer.ts'
import { OutputView, type OutputViewProps } from './OutputView.tsx'

interface TextOutputProps extends Omit<OutputViewProps, 'lines'> {
  readonly text: string
  readonly stream: Stream
}

/** A finished text as output. */
export function TextOutput({ text, stream, ...rest }: TextOutputProps) {
  const buffer = useMemo(() => {
    const made = new LogBuffer()
    made.append(stream, text)
    return made
  }, [text, stream])
  return <OutputView {...rest} dropped={buffer.dropped} lines={buffer.lines} />
}

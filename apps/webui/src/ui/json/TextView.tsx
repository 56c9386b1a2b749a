import type { LazyList } from '../lazy-list.ts'
import { Lines } from '../Lines.tsx'
import { LineText } from '../output/LineText.tsx'

interface TextViewProps {
  readonly label: string
  readonly lines: LazyList<string>
  readonly wrap: boolean
  /** A line to bring into view and to mark. */
  readonly target: number | undefined
  readonly maxHeight: number | 'full'
}

/** A text of any length, line by line, with its terminal colours. */
export function TextView({ label, lines, wrap, target, maxHeight }: TextViewProps) {
  return (
    <Lines
      count={lines.count}
      label={label}
      line={(index) => <TextLine isMarked={index === target} number={index + 1} text={lines.at(index)} />}
      maxHeight={maxHeight}
      target={target}
      wrap={wrap}
    />
  )
}

interface TextLineProps {
  readonly text: string | undefined
  readonly number: number
  readonly isMarked: boolean
}

function TextLine({ text, number, isMarked }: TextLineProps) {
  return (
    <div className="line" data-marked={isMarked || undefined}>
      <span aria-hidden="true" className="line-no">
        {number}
      </span>
      <span className="line-text">
        <LineText text={text ?? ' …'} />
      </span>
    </div>
  )
}

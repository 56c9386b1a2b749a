import { memo } from 'react'

const STATES = ['open', 'refused', 'taken'] as const

interface EdgeEndsProps {
  /** `#rrggbb`, in lower case, separated by blanks. */
  readonly colors: string
}

/** Ends of lines in the colours of the lines; once for the canvas. */
export const EdgeEnds = memo(function EdgeEnds({ colors }: EdgeEndsProps) {
  return (
    <svg aria-hidden="true" className="design-ends">
      <defs>
        <Marker className="design-end" id="design-end-chosen" />
        {STATES.map((state) => (
          <Marker className="way-end" id={`design-end-${state}`} key={state} state={state} />
        ))}
        {colors
          .split(' ')
          .filter(Boolean)
          .map((color) => (
            <Marker color={color} id={`design-end-${color.slice(1)}`} key={color} />
          ))}
      </defs>
    </svg>
  )
})

interface MarkerProps {
  readonly id: string
  readonly className?: string
  readonly state?: string
  readonly color?: string
}

function Marker({ id, className, state, color }: MarkerProps) {
  return (
    <marker
      className={className}
      data-state={state}
      id={id}
      markerHeight="7"
      markerUnits="userSpaceOnUse"
      markerWidth="8"
      orient="auto"
      refX="7"
      refY="3.5"
    >
      <path d="M0 0 8 3.5 0 7z" style={color === undefined ? undefined : { fill: color }} />
    </marker>
  )
}
